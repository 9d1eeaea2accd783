import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FootageManner } from './footage-player.ts';
import { type FootageKind, footageCount, prepareFootage } from './numbered-footage.ts';

/** Cameras with numbered pictures, in a process of their own. Which footage a camera shows: its number modulo 16. */
export interface FootageCameras {
  readonly pid: number;
  /** `kind`: another stream of that camera. */
  url(camera: number, kind?: FootageKind): string;
  behave(cameras: readonly number[] | null, manner: FootageManner): void;
  cut(refuse: boolean): void;
  /** For each camera: when each picture of its loop was last sent (UTC in microseconds, by its number; 0: never). */
  sentUs(cameras: readonly number[]): Promise<readonly (readonly number[])[]>;
  close(): Promise<void>;
}

const portSchema = z.object({ port: z.int() });
const sentSchema = z.object({ id: z.int(), sent: z.array(z.array(z.number())) });

/** Encodes what footage the first `count` cameras miss (once; also of the `kinds` that they have beside the usual one) and starts all of them. */
export async function startFootageCameras(kinds: readonly FootageKind[] = [], count = footageCount): Promise<FootageCameras> {
  for (const kind of [undefined, ...kinds]) await prepareFootage(count, kind);
  const child = fork(fileURLToPath(new URL('./footage-process.ts', import.meta.url)), { execArgv: [] });
  const exited = once(child, 'exit');
  const [first]: unknown[] = await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('no cameras'))),
  ]);
  const { port } = portSchema.parse(first);
  const waiting = new Map<number, (sent: number[][]) => void>();
  let lastId = 0;
  child.on('message', (message) => {
    const { id, sent } = sentSchema.parse(message);
    waiting.get(id)?.(sent);
    waiting.delete(id);
  });
  return {
    pid: child.pid ?? 0,
    url: (camera, kind) => `rtsp://127.0.0.1:${port}/${camera}${kind === undefined ? '' : `/${kind}`}`,
    behave: (cameras, manner) => void child.send({ ask: 'behave', cameras, manner }),
    cut: (refuse) => void child.send({ ask: 'cut', refuse }),
    sentUs(cameras) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.send({ ask: 'sent', id, cameras });
      });
    },
    async close() {
      // It may have been ended with us (Ctrl+C reaches both).
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
