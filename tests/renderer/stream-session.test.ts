import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unknownDecoder } from '../../renderer/media/decoder-probe.ts';
import type { Peer, PeerEvents } from '../../renderer/media/peer-session.ts';
import type { PooledSession } from '../../renderer/media/pooled-session.ts';
import { createStreamSession } from '../../renderer/media/stream-session.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import type { WhepSession } from '../../renderer/media/whep-client.ts';
import { until } from '../support/until.ts';

/** A stage without a player behind it. */
class PretendMediaStream {
  getTracks(): MediaStreamTrack[] {
    return [];
  }
  addTrack(): void {}
}
const video = {
  srcObject: null,
  closest: () => null,
  play: () => Promise.resolve(),
  pause() {},
  requestVideoFrameCallback: () => 1,
  cancelVideoFrameCallback() {},
  currentTime: 0,
  getVideoPlaybackQuality: () => ({ totalVideoFrames: 0, droppedVideoFrames: 0 }),
};

const open: PooledSession[] = [];
beforeEach(() => vi.stubGlobal('MediaStream', PretendMediaStream));
afterEach(() => {
  for (const session of open.splice(0)) session.close();
  vi.unstubAllGlobals();
});

function start(prepared: Successor | null = null) {
  const accepting = Promise.withResolvers<void>();
  const done: string[] = [];
  let peerEvents: PeerEvents | null = null;
  const whepSession: WhepSession = {
    trickles: false,
    answer: async () => {},
    trickle: async () => {},
    switches: false,
    show: async () => null,
    close: () => void done.push('session closed'),
  };
  const session = createStreamSession({
    path: '/whep/camera-1/main',
    // A `<video>` is not to be had outside of a browser; these are the members a session uses.
    video: video as unknown as HTMLVideoElement,
    whep: { open: async () => ({ kind: 'answer', sdp: 'v=0', session: whepSession }) },
    openPeer(events): Peer {
      peerEvents = events;
      return {
        offer: async () => 'v=0',
        accept() {
          done.push('accepting');
          return accepting.promise;
        },
        counter: async () => 'v=0',
        lateCandidates: () => null,
        statistics: async () => new Map(),
        close: () => void done.push('peer closed'),
      };
    },
    prepared: () => prepared,
    decoderProbe: { probe: async () => unknownDecoder },
    turns: { take: (work) => work() },
    hidden: false,
    nowMs: () => 0,
    random: () => 0,
  });
  open.push(session);
  return { session, accepting, done, peer: () => peerEvents };
}

describe('a stream session', () => {
  it('keeps its connection when the gateway tells of the source while the answer is being taken in', async () => {
    const { session, accepting, done } = start();
    await until('the answer has come', () => done.includes('accepting'));
    session.tellSource({ state: 'opening', sinceUtcMs: 0 });
    session.tellGateway(1);
    accepting.resolve();
    await until('it is connected', () => {
      const life = session.life();
      return life.state === 'opening' && life.connected;
    });
    expect(done).toEqual(['accepting']);
  });

  it('begins with a connection that was opened beforehand, asks for nothing, and leaves it like its own', async () => {
    const left: string[] = [];
    let events: PeerEvents | null = null;
    const nothing = async () => {};
    const { session, done } = start({
      track: {} as MediaStreamTrack,
      peer: {
        offer: async () => '',
        accept: nothing,
        counter: async () => '',
        lateCandidates: () => null,
        statistics: async () => new Map(),
        close: () => void left.push('peer'),
      },
      session: {
        trickles: false,
        answer: nothing,
        trickle: nothing,
        switches: false,
        show: async () => null,
        close: () => void left.push('session'),
      },
      broken: () => false,
      hand(next) {
        events = next;
      },
      close() {},
    });
    session.tellSource({ state: 'live', sinceUtcMs: 0, codec: 'h264' });
    session.tellGateway(7);
    await until('it is connected', () => {
      const life = session.life();
      return life.state === 'opening' && life.connected;
    });
    // It is of the run of the gateway that was told, so that it is known to be void with the next one.
    expect(session.life().told.openedInRun).toBe(7);
    (events as PeerEvents | null)?.onFailed();
    expect(session.life().state).toBe('retrying');
    expect(left).toEqual(['session', 'peer']);
    expect(done).toEqual([]);
  });

  it('leaves a connection that failed, at both ends, once', async () => {
    const { session, accepting, done, peer } = start();
    accepting.resolve();
    await until('it is connected', () => {
      const life = session.life();
      return life.state === 'opening' && life.connected;
    });
    peer()?.onFailed();
    session.tellGateway(2);
    expect(session.life().state).toBe('retrying');
    expect(done).toEqual(['accepting', 'session closed', 'peer closed']);
  });
});
