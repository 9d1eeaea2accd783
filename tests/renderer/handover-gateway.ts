import { markCount } from '../../core/streams/session-wish.ts';
import { createHandover, type Handover } from '../../renderer/media/stream-handover.ts';
import { createSessionMarks } from '../../renderer/media/session-marks.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import type { WhepSession } from '../../renderer/media/whep-client.ts';
import { until } from '../support/until.ts';
import { pretendGateway } from './successor-gateway.ts';

/** A session that shows nothing else. */
export const present: WhepSession = {
  trickles: false,
  answer: async () => {},
  trickle: async () => {},
  switches: false,
  show: () => ({ mark: 1, answer: Promise.resolve('awaited' as const) }),
  close() {},
};

const open: Handover[] = [];
/** Ends what a test made; call it after each. */
export function closeHandovers(): void {
  for (const handover of open.splice(0)) handover.close();
}

/** A video that presents what it is told, and what a handover did with it and with the connections of a pretended gateway. */
export function gateway(session: Partial<WhepSession> = {}) {
  const pretended = pretendGateway();
  const { whep, openPeer } = pretended;
  const taken: Successor[] = [];
  const held = new Set<string>();
  const changes: string[] = [];
  const named: [string, number][] = [];
  const callbacks = new Map<number, VideoFrameRequestCallback>();
  let handles = 0;
  let pictures = 0;
  let ready: Successor | null = null;
  const handover = createHandover({
    path: '/whep/a/sub',
    video: {
      requestVideoFrameCallback(callback) {
        callbacks.set((handles += 1), callback);
        return handles;
      },
      cancelVideoFrameCallback: (handle) => callbacks.delete(handle),
    },
    whep,
    openPeer,
    held: { wants: (path) => held.has(path) },
    prepared: () => ready,
    session: () => ({ ...present, ...session }),
    take: (successor) => taken.push(successor),
    onAsked: (path, mark) => void named.push([path, mark]),
    onChange: () => changes.push(handover.shown()),
  });
  open.push(handover);
  return {
    ...pretended,
    handover,
    taken,
    /** Paths whose connection is kept when they are left. */
    held,
    changes,
    named,
    prepare(successor: Successor) {
      ready = successor;
    },
    watched: () => callbacks.size,
    /** A picture with this mark is on the glass. */
    present(mark: number) {
      for (const [handle, callback] of [...callbacks]) {
        callbacks.delete(handle);
        callback(0, { rtpTimestamp: (pictures += 1) * 6_000 * markCount + mark } as VideoFrameCallbackMetadata);
      }
    },
  };
}

/** A session that is asked for other streams; each question is answered by the test, in order. The first wish has mark 1, and each other one the next. */
export function switching() {
  const questions: { path: string | null; mark: number; answer(value: 'shown' | 'awaited' | Error): void }[] = [];
  const marks = createSessionMarks('/whep/a/sub');
  const show: WhepSession['show'] = (path, onGlass) => {
    const mark = marks.next(path, onGlass);
    const answer = new Promise<'shown' | 'awaited'>((resolve, reject) => {
      questions.push({ path, mark, answer: (value) => (value instanceof Error ? reject(value) : resolve(value)) });
    });
    return { mark, answer };
  };
  const question = (index: number) => until(`question ${index} is asked`, () => questions[index] ?? null);
  return { ...gateway({ switches: true, show }), questions, question };
}
