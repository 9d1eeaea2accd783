import { createHandover, type Handover } from '../../renderer/media/stream-handover.ts';
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
  show: async () => null,
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
  const changes: string[] = [];
  const callbacks = new Map<number, VideoFrameRequestCallback>();
  let handles = 0;
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
    prepared: () => ready,
    session: () => ({ ...present, ...session }),
    take: (successor) => taken.push(successor),
    onChange: () => changes.push(handover.shown()),
  });
  open.push(handover);
  return {
    ...pretended,
    handover,
    taken,
    changes,
    prepare(successor: Successor) {
      ready = successor;
    },
    watched: () => callbacks.size,
    present(rtpTimestamp: number) {
      for (const [handle, callback] of [...callbacks]) {
        callbacks.delete(handle);
        callback(0, { rtpTimestamp } as VideoFrameCallbackMetadata);
      }
    },
  };
}

/** A session that is asked for other streams; each question is answered by the test, in order. */
export function switching() {
  const questions: { path: string; answer(value: number | null | Error): void }[] = [];
  const show: WhepSession['show'] = (path) =>
    new Promise((resolve, reject) => {
      questions.push({ path, answer: (value) => (value instanceof Error ? reject(value) : resolve(value)) });
    });
  const question = (index: number) => until(`question ${index} is asked`, () => questions[index] ?? null);
  return { ...gateway({ switches: true, show }), questions, question };
}
