import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unknownDecoder } from '../../renderer/media/decoder-probe.ts';
import type { Peer, PeerEvents } from '../../renderer/media/peer-session.ts';
import type { PooledSession } from '../../renderer/media/pooled-session.ts';
import { MediaProblem } from '../../renderer/media/media-problem.ts';
import type { Spare } from '../../renderer/media/spare-streams.ts';
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
  removeTrack(): void {}
}
const callbacks: VideoFrameRequestCallback[] = [];
/** A picture with this mark is on the glass. */
function present(mark: number): void {
  const metadata = { rtpTimestamp: 80_000 + mark, presentationTime: 0, mediaTime: 0, width: 640, height: 360 };
  for (const callback of callbacks.splice(0)) callback(0, metadata as VideoFrameCallbackMetadata);
}
const video = {
  srcObject: null,
  closest: () => null,
  play: () => Promise.resolve(),
  pause() {},
  requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => {
    callbacks.push(callback);
    return callbacks.length;
  },
  cancelVideoFrameCallback() {},
  getVideoPlaybackQuality: () => ({ totalVideoFrames: 0, droppedVideoFrames: 0 }),
};

const open: PooledSession[] = [];
beforeEach(() => vi.stubGlobal('MediaStream', PretendMediaStream));
afterEach(() => {
  for (const session of open.splice(0)) session.close();
  vi.unstubAllGlobals();
});

function start(
  prepared: Successor | null = null,
  ready: Spare | null = null,
  held: Successor[] | null = null,
  kept: Successor[] | null = null,
) {
  const accepting = Promise.withResolvers<void>();
  const done: string[] = [];
  const parked: Successor[] = [];
  const unfit: string[] = [];
  let peerEvents: PeerEvents | null = null;
  let made = 0;
  const whepSession: WhepSession = {
    trickles: false,
    answer: async () => {},
    trickle: async () => {},
    switches: false,
    show: () => ({ mark: 1, answer: Promise.resolve('awaited' as const) }),
    close: () => void done.push('session closed'),
  };
  const session = createStreamSession({
    path: '/whep/camera-1/main',
    // A `<video>` is not to be had outside of a browser; these are the members a session uses.
    video: video as unknown as HTMLVideoElement,
    whep: { open: async () => ({ kind: 'answer', sdp: 'v=0', session: whepSession }) },
    openPeer(events): Peer {
      peerEvents = events;
      made += 1;
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
    spares: { take: () => ready, park: (left) => void parked.push(left), unfit: (path) => void unfit.push(path) },
    keep: (path, left) => path !== '' && kept !== null && kept.push(left) > 0,
    held: { wants: () => held !== null, take: (_path, _next, left) => held !== null && held.push(left) > 0 },
    decoderProbe: { probe: async () => unknownDecoder },
    turns: { take: (work) => work() },
    hidden: false,
    nowMs: () => 0,
    random: () => 0,
  });
  open.push(session);
  return { session, accepting, done, parked, unfit, peer: () => peerEvents, present, made: () => made };
}

/** An open connection at nobody's; what is ended of it goes to `left`. */
function opened(left: string[], hand: (events: PeerEvents | null) => void, session: Partial<WhepSession> = {}): Successor {
  const track = { kind: 'video' } as unknown as MediaStreamTrack;
  const nothing = async () => {};
  return {
    track,
    peer: {
      offer: async () => '',
      accept: nothing,
      counter: async () => '',
      lateCandidates: () => null,
      statistics: async () => new Map(),
      track: () => track,
      broken: () => false,
      fail() {},
      hand,
      close: () => void left.push('peer'),
    },
    session: {
      trickles: false,
      answer: nothing,
      trickle: nothing,
      switches: false,
      show: () => ({ mark: 1, answer: Promise.resolve('awaited' as const) }),
      close: () => void left.push('session'),
      ...session,
    },
    close: () => void left.push('both'),
  };
}

/** One that shows what it is asked for, with mark 3, once it is told `answered`. */
function spare(answered: Promise<'shown' | 'awaited'>) {
  const left: string[] = [];
  const asked: (string | null)[] = [];
  const show: WhepSession['show'] = (path) => {
    asked.push(path);
    return { mark: 3, answer: answered };
  };
  const open = opened(left, () => {}, { switches: true, show });
  return { left, asked, spare: { ...open, parked: Promise.resolve(), drainedMs: 0 } satisfies Spare };
}

/** As far as a connection to the first run of our gateway, whose camera is live. */
async function connect(session: ReturnType<typeof start>['session'], accepting: ReturnType<typeof start>['accepting']) {
  session.tellSource({ state: 'live', sinceUtcMs: 0, codec: 'h264' });
  session.tellGateway(1);
  accepting.resolve();
  await until('it is connected', () => {
    const life = session.life();
    return life.state === 'opening' && life.connected;
  });
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
    const { session, done } = start(
      opened(left, (next) => {
        events = next;
      }),
    );
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

  it('leaves a foreign connection that shows pictures to whoever shows its camera again, and no other', async () => {
    const kept: Successor[] = [];
    const ended = ['accepting', 'session closed', 'peer closed'];
    const shown = async () => {
      const own = start(null, null, null, kept);
      await connect(own.session, own.accepting);
      own.peer()?.onTrack({ kind: 'video' } as unknown as MediaStreamTrack);
      return own;
    };
    const live = await shown();
    present(0);
    expect(live.session.life().state).toBe('live');
    live.session.close();
    expect([kept.length, live.done]).toEqual([1, ['accepting']]);
    const uncovered = await shown();
    present(0);
    uncovered.session.setHidden(true);
    uncovered.session.setHidden(false);
    expect(uncovered.session.life().state).toBe('opening');
    uncovered.session.close();
    expect([kept.length, uncovered.done]).toEqual([2, ['accepting']]);
    const dark = await shown();
    dark.session.close();
    expect([kept.length, dark.done]).toEqual([2, ended]);
    const disconnected = await shown();
    present(0);
    disconnected.peer()?.onIce(false);
    disconnected.session.close();
    expect([kept.length, disconnected.done]).toEqual([2, ended]);
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

  it('makes its next offer while the gateway is away, so that only the answer is wanted when it is back', async () => {
    const { session, accepting, done, made } = start();
    await connect(session, accepting);
    expect(made()).toBe(1);
    session.tellGateway(null);
    session.tellGateway(null);
    expect([made(), done]).toEqual([2, ['accepting']]);
    session.tellGateway(2);
    await until('it asks again', () => done.filter((what) => what === 'accepting').length === 2);
    expect([made(), done]).toEqual([2, ['accepting', 'session closed', 'peer closed', 'accepting']]);
  });

  it('ends what it offered for nothing: the gateway was not away after all, or the tile shows something else', async () => {
    const { session, accepting, done, made } = start();
    await connect(session, accepting);
    session.tellGateway(null);
    session.tellGateway(1);
    expect([made(), done]).toEqual([2, ['accepting', 'peer closed']]);
    session.tellGateway(null);
    session.close();
    expect([made(), done.filter((what) => what === 'peer closed').length]).toEqual([3, 3]);
  });

  it('has its camera shown in a connection that is open already, and is live with the first picture that is of it', async () => {
    const ready = spare(Promise.resolve('shown'));
    const { session, done, parked } = start(null, ready.spare);
    await until('it is connected', () => {
      const life = session.life();
      return life.state === 'opening' && life.connected;
    });
    present(2);
    session.check(0, false);
    expect(session.life().state).toBe('opening');
    present(3);
    expect([session.life().state, ready.asked, done]).toEqual(['live', ['/whep/camera-1/main'], []]);
    session.close();
    expect([parked.length, ready.left, done]).toEqual([1, [], []]);
  });

  it('opens a connection of its own where no open one can show its camera, and remembers whose it is not', async () => {
    const ready = spare(Promise.reject(new MediaProblem('bad-request')));
    const { session, accepting, done, parked, unfit } = start(null, ready.spare);
    await until('the answer has come', () => done.includes('accepting'));
    accepting.resolve();
    await until('it is connected', () => session.life().state === 'opening');
    expect([parked.length, unfit, ready.left]).toEqual([1, ['/whep/camera-1/main'], []]);
  });

  it('says what is wrong with a camera that its gateway does not know, and gives the connection back', async () => {
    const ready = spare(Promise.reject(new MediaProblem('unknown-camera')));
    const { session, done, parked } = start(null, ready.spare);
    await until('it says so', () => session.life().state === 'retrying');
    expect([parked.length > 0, done]).toEqual([true, []]);
  });

  it('gives the connection back where it is closed while it asks', async () => {
    const answer = Promise.withResolvers<'shown'>();
    const ready = spare(answer.promise);
    const { session, done, parked } = start(null, ready.spare);
    await until('it is asked', () => ready.asked.length === 1);
    session.close();
    answer.resolve('shown');
    await until('it is given back', () => parked.length === 1);
    expect([done, ready.left]).toEqual([[], []]);
  });
});
