import { join } from 'node:path';
import type { CallContext, Session } from '../../core/rpc/handlers.ts';
import { createSaving } from '../../main/features/host/saving.ts';
import type { BundleSink } from '../../main/ports/bundle-file.ts';
import type { Door } from '../../main/ports/door.ts';
import type { Log } from '../../main/ports/log.ts';
import { createSavedFile } from '../../main/stores/files/saved-file.ts';
import type { UnfinishedSaves } from '../../main/stores/files/unfinished-saves.ts';
import { createHandClock } from './support/hand-clock.ts';

export const savingSession: Session = {
  id: 'one',
  seat: { number: 1, role: 'supervisor', priority: 50, signedIn: false },
  displayId: 'left',
  windowKind: 'console',
  ended: new AbortController().signal,
};
export const orderOf = (path: string, number = 1) => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  from: { path },
  fileName: 'bundle.zip',
});
/** Nobody remembers what is being saved. */
const notRemembered: Saves = { began: async () => {}, ended: async () => {} };
type Saves = Pick<UnfinishedSaves, 'began' | 'ended'>;
export const contextOf = (signal: AbortSignal = new AbortController().signal): CallContext => ({
  session: savingSession,
  signal,
});

/** What a host saves from a door that gives pieces of a megabyte, as many as its address says, into real folders. */
export function createTestSaving(
  folder: string,
  log: Log,
  ways: {
    readonly dataFolder?: string;
    readonly saves?: Saves;
    readonly place?: () => Promise<string | null>;
    readonly wrap?: (sink: BundleSink) => BundleSink;
    readonly beforePiece?: (index: number) => Promise<void>;
  } = {},
) {
  const ended: boolean[] = [];
  const door: Door = {
    prefix: '/pieces/',
    async handle(request) {
      const count = Number(new URL(request.url).pathname.split('/')[2]);
      if (!Number.isInteger(count)) return new Response('no', { status: 404 });
      let index = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(to) {
          if (index >= count) return to.close();
          await ways.beforePiece?.(index);
          index += 1;
          to.enqueue(new Uint8Array(2 ** 20).fill(index));
        },
      });
      return new Response(body, { headers: { 'content-length': String(count * 2 ** 20) } });
    },
    saved: async (_url, _session, whole) => void ended.push(whole),
  };
  const asked: string[] = [];
  const clock = createHandClock();
  const place = join(folder, 'chosen.zip');
  const saving = createSaving({
    askPlace(displayId, fileName) {
      asked.push(`${displayId} ${fileName}`);
      return ways.place?.() ?? Promise.resolve(place);
    },
    async newFile(path) {
      const sink = await createSavedFile(path, ways.dataFolder ?? '/proc', ways.saves ?? notRemembered);
      return ways.wrap?.(sink) ?? sink;
    },
    doors: () => [door],
    clock,
    log,
  });
  return { ...saving, place, asked, ended, clock };
}
