import type { Peer, PeerEvents } from '../../renderer/media/peer-session.ts';
import { createHandover, type Handover } from '../../renderer/media/stream-handover.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import type { WhepClient, WhepSession } from '../../renderer/media/whep-client.ts';
import { until } from '../support/until.ts';

const inbound = (width: number) =>
  new Map([['I', { id: 'I', type: 'inbound-rtp', kind: 'video', frameWidth: width }]]) as unknown as RTCStatsReport;
const track = { kind: 'video' } as unknown as MediaStreamTrack;
const present: WhepSession = {
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

/** A gateway whose connections decode when told to, a video that presents what it is told, and what a handover did with them. */
export function gateway(session: Partial<WhepSession> = {}) {
  const taken: Successor[] = [];
  const asked: string[] = [];
  const changes: string[] = [];
  let closedPeers = 0;
  let leftSessions = 0;
  let width = 0;
  let refusal: Error | null = null;
  const callbacks = new Map<number, VideoFrameRequestCallback>();
  let handles = 0;
  const openPeer = (events: PeerEvents): Peer => ({
    offer: async () => 'offer',
    accept: async () => events.onTrack(track),
    counter: async () => 'answer',
    lateCandidates: () => null,
    statistics: async () => inbound(width),
    close: () => {
      closedPeers += 1;
    },
  });
  const whep: WhepClient = {
    async open(path) {
      asked.push(path);
      if (refusal) throw refusal;
      const close = () => {
        leftSessions += 1;
      };
      return { kind: 'answer', sdp: 'v=0', session: { ...present, close } };
    },
  };
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
    session: () => ({ ...present, ...session }),
    take: (successor) => taken.push(successor),
    onChange: () => changes.push(handover.shown()),
  });
  open.push(handover);
  return {
    handover,
    taken,
    asked,
    changes,
    watched: () => callbacks.size,
    present(rtpTimestamp: number) {
      for (const [handle, callback] of [...callbacks]) {
        callbacks.delete(handle);
        callback(0, { rtpTimestamp } as VideoFrameCallbackMetadata);
      }
    },
    decode: () => {
      width = 640;
    },
    refuse: (error = new Error('not now')) => {
      refusal = error;
    },
    closed: () => ({ peers: closedPeers, sessions: leftSessions }),
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
