import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../../../core/cameras/camera.ts';
import type { SourceLines } from '../source-lines.ts';
import { type Answer, problemAnswer } from '../whep/answer.ts';
import { runTap, type TapListener } from './tap.ts';

/** So many at once: each makes files. */
export const mostTaps = 32;

const targetSchema = z.object({
  camera: cameraIdSchema,
  stream: streamNameSchema,
  id: z.uuid(),
  from: z
    .string()
    .regex(/^\d{1,13}(\.\d{1,15})?$/)
    .transform(Number),
});

/**
 * What the gateway keeps of lines (`line-ring.ts`), for main only. GET `/whep/taps/<camera>/<stream>?id=<uuid>&from=<UTC, ms>` gives clips piece by piece
 * (`core/evidence/tap-news.ts`), from that moment on as far as it is kept, and holds the camera open meanwhile; DELETE of the same gives what is left, and ends it.
 */
export interface Taps {
  /** Null where it is no tap's address; else the answer, or `taken` where it is being written. */
  handle(request: IncomingMessage, response: ServerResponse): Answer | 'taken' | null;
  close(): void;
}

export function createTaps({ lines }: { readonly lines: Pick<SourceLines, 'find'> }): Taps {
  const running = new Map<string, AbortController>();

  async function serve(line: NonNullable<ReturnType<SourceLines['find']>>, from: number, id: string, response: ServerResponse) {
    const finish = new AbortController();
    running.set(id, finish);
    const letGo = line.tap();
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
      finish.abort();
    });
    const tell: TapListener = async (news, bytes) => {
      gone.signal.throwIfAborted();
      response.write(`${JSON.stringify(news)}\n`);
      const hasRoom = bytes === null ? !response.writableNeedDrain : response.write(bytes);
      if (!hasRoom) await once(response, 'drain', { signal: gone.signal });
    };
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' });
    response.flushHeaders();
    try {
      await runTap(line.ring, from, tell, finish.signal);
      response.end();
    } catch {
      // Whoever listened is gone, or a picture could not be put into a file: an answer that breaks off says so.
      response.destroy();
    } finally {
      letGo();
      running.delete(id);
    }
  }
  return {
    handle(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://gateway');
      const [, whep, taps, camera, stream, ...more] = pathname.split('/');
      const isMine = whep === 'whep' && taps === 'taps' && more.length === 0;
      if (!isMine || (request.method !== 'GET' && request.method !== 'DELETE')) return null;
      const target = targetSchema.safeParse({
        camera,
        stream,
        id: searchParams.get('id'),
        from: searchParams.get('from') ?? '0',
      });
      if (!target.success) return problemAnswer('bad-request', 'a tap is /whep/taps/<camera>/<stream>?id=<uuid>&from=<UTC, ms>');
      const { id, from } = target.data;
      if (request.method === 'DELETE') {
        running.get(id)?.abort();
        return { status: 204, headers: {}, body: '' };
      }
      const line = lines.find(target.data.camera, target.data.stream);
      if (line === null) return problemAnswer('unknown-camera', 'no such camera');
      if (running.size >= mostTaps || running.has(id)) return problemAnswer('gateway-busy', 'too many taps');
      void serve(line, from, id, response);
      return 'taken';
    },
    close() {
      for (const finish of running.values()) finish.abort();
    },
  };
}
