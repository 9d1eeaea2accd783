import type { SourceState } from '../../core/streams/source-state.ts';
import {
  isConnected,
  nextStreamLife,
  openStreamLife,
  whyDark,
  type StreamInput,
  type StreamLife,
} from '../../core/streams/stream-life.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import type { Verdict } from '../../core/streams/verdict.ts';
import { before, codeOfFault } from './answer-fault.ts';
import { MediaProblem } from './media-problem.ts';
import type { Peer, PeerEvents } from './peer-session.ts';
import type { PooledSession } from './pooled-session.ts';
import { isOverdue, overdueMs } from './picture-overdue.ts';
import { watchPictures } from './picture-watch.ts';
import { createStage } from './stage.ts';
import type { StreamFacts } from './stream-facts.ts';
import type { StreamSessionOptions } from './stream-session-options.ts';
import { createListeners } from './listeners.ts';
import { createHandover } from './stream-handover.ts';
import { sightOf } from './handover-sight.ts';
import { createStreamSight, type StreamSight } from './stream-sight.ts';
import { createStreamTally } from './stream-tally.ts';
import { createStreamWay } from './stream-way.ts';
import { asks, createStreamTimer } from './stream-timer.ts';
import type { Successor } from './stream-successor.ts';
import { createVerdictWatch } from './verdict-watch.ts';
import type { WhepSession } from './whep-client.ts';

/** From asking to an answer; the gateway may have to open the camera meanwhile. */
const answerLimitMs = 20_000;

export interface StreamSession extends Pick<StreamSight, 'setCovered' | 'setMost' | 'glance'> {
  /** The present life; a new object only when it changes, never per picture. */
  life(): StreamLife;
  /** What is to be said of the picture; a new object only when it says something else. */
  verdict(): Verdict;
  /** When it tries again by itself (monotonic ms); null while it waits for something else. */
  nextTryMs(): number | null;
  subscribe(listener: () => void): () => void;
  facts(): StreamFacts;
  tellSource(source: SourceState | null): void;
  tellGateway(run: number | null): void;
  tellCredentials(): void;
  /** The path whose pictures are on the glass. It changes in the callback of the new one's first picture; listeners hear then. */
  path(): string;
  /** The path that is to be shown; the same as `path` where nothing is awaited. Listeners hear. */
  wanted(): string;
  /** Why the wanted path could not be shown when it was last tried; null while that is not known. Listeners hear. */
  trouble(): ProblemCode | null;
  /** Goes over to another stream; a live picture stays until the other one's is there. */
  change(path: string): void;
  /** The wanted path is told to have pictures by now. */
  hurry(): void;
  /** This way of its stream (from 1) is open: a later one is left for it once it has pictures, and at once where there is none. */
  tryWay(number: number): void;
  close(): void;
}

/** Keeps one stream in one `<video>`, whatever happens, until it is closed. The rules are in `nextStreamLife`. */
export function createStreamSession(options: StreamSessionOptions): PooledSession {
  const { video, nowMs } = options;
  const startedMs = nowMs();
  const { subscribe, tell, clear } = createListeners();
  const way = createStreamWay({ session: () => session, handover: () => handover, apply, nowMs });
  const closing = new AbortController();
  const stage = createStage(video, options.turns.take);
  let life: StreamLife = openStreamLife(startedMs);
  let peer: Peer | null = null;
  let session: WhepSession | null = null;
  let accepted = false;
  let firstFrameMs: number | null = null;
  const timer = createStreamTimer(nowMs, options.random, (atMs) => apply({ type: 'timer', atMs }));
  const tally = createStreamTally(options.decoderProbe, nowMs, options.random);

  const onFrame = () => {
    if (life.state === 'live') return;
    firstFrameMs ??= isConnected(life) ? nowMs() - startedMs : null;
    apply({ type: 'frame', atMs: nowMs() });
  };
  const pictures = watchPictures(video, onFrame, () => sight.patienceMs());

  const sight = createStreamSight({
    windowHidden: options.hidden,
    onHidden(hidden) {
      // What the browser shows again is no new picture.
      if (!hidden) pictures.forget();
      apply({ type: hidden ? 'hidden' : 'visible', atMs: nowMs() });
      if (verdicts.look(nowMs())) tell();
    },
  });
  const content = () => sight.facts().tap;
  const verdicts = createVerdictWatch({ life: () => life, pictures, content, rests: sight.rests }, startedMs);

  const handover = createHandover({
    path: options.path,
    video,
    whep: options.whep,
    openPeer: options.openPeer,
    prepared: options.prepared,
    session: () => session,
    take,
    onChange() {
      if (handover.shown() !== shown) another();
      tell();
    },
  });
  let shown = handover.shown();
  let askedMs = startedMs;

  /** The first picture of another path is on the glass. */
  function another(): void {
    shown = handover.shown();
    firstFrameMs = nowMs() - askedMs;
    pictures.renew();
    peer?.frames?.()?.renew();
    verdicts.renew();
    verdicts.look(nowMs());
    // What is seen first after a while of being covered must not be the picture of another camera.
    if (life.state === 'hidden') stage.clear();
  }

  function apply(input: StreamInput): void {
    if (closing.signal.aborted) return;
    const before = life;
    life = nextStreamLife(before, input);
    if (life === before) return;
    // Only what was connected can be left: while the answer is being taken in, things are told that change nothing of that.
    if (isConnected(before) && !isConnected(life)) leave(whyDark(life.state === 'hidden' ? life.behind : life));
    if (asks(life) && !asks(before)) void join();
    timer.set(life);
    handover.look(sightOf(life));
    verdicts.look(nowMs());
    tell();
  }

  async function join(): Promise<void> {
    // Closing does not break off a question: only its answer says what there is to be ended at the other side.
    const signal = AbortSignal.timeout(answerLimitMs);
    try {
      peer ??= newPeer();
      const own = peer;
      const offer = await before(signal, own.offer());
      if (closing.signal.aborted) return;
      const path = handover.wanted();
      const opening = await options.whep.open(path, offer, signal, way.wish(path));
      if (closing.signal.aborted) return opening.session.close();
      session = opening.session;
      accepted = true;
      handover.opened(path);
      shown = path;
      if (opening.kind === 'answer') await before(signal, own.accept(opening.sdp));
      else await session.answer(await before(signal, own.counter(opening.sdp)), signal);
      if (closing.signal.aborted) return;
      apply({ type: 'opened', atMs: nowMs() });
      way.look();
      trickle();
    } catch (error) {
      if (closing.signal.aborted) return;
      const problem = error instanceof MediaProblem ? error : new MediaProblem(codeOfFault(signal.aborted, accepted));
      // An offer that was not accepted is still good; a connection that was, or that made none, is spent.
      if (accepted || problem.code === 'internal') leave(problem.code);
      apply({ type: 'problem', atMs: nowMs(), code: problem.code, retryAfterMs: problem.retryAfterMs });
    }
  }

  /** Begins with pictures that decode already. What is told of source and gateway comes first, as it does before an answer. */
  async function adopt(successor: Successor): Promise<void> {
    ({ session, peer } = successor);
    accepted = true;
    handover.opened(options.path);
    successor.hand(eventsOf(() => successor.peer));
    put(successor.track);
    await Promise.resolve();
    if (peer !== successor.peer) return;
    apply({ type: 'opened', atMs: nowMs() });
    trickle();
  }

  function newPeer(): Peer {
    const own: Peer = options.openPeer(eventsOf(() => own));
    return own;
  }

  function eventsOf(own: () => Peer): PeerEvents {
    return {
      onTrack: (track) => peer === own() && put(track),
      onIce: (connected) => peer === own() && apply({ type: 'ice', connected, atMs: nowMs() }),
      onFailed: () => peer === own() && apply({ type: 'failed', atMs: nowMs() }),
      onGathered: () => peer === own() && trickle(),
    };
  }

  function put(track: MediaStreamTrack): void {
    sight.lead(peer?.frames?.() ?? null);
    tally.lead(peer);
    stage.put(track);
  }

  function take(successor: Successor): void {
    // By another way of the same stream its pictures have another clock.
    if (handover.shown() === handover.wanted()) verdicts.renew();
    const former = { session, peer };
    ({ session, peer } = successor);
    successor.hand(eventsOf(() => successor.peer));
    put(successor.track);
    former.session?.close();
    former.peer?.close();
    tally.next();
    way.look();
    if (handover.wanted() === shown) verdicts.renew();
    tell();
  }

  function trickle(): void {
    if (!session?.trickles) return;
    const fragment = peer?.lateCandidates() ?? null;
    if (fragment !== null) void session.trickle(fragment);
  }

  function leave(why: ProblemCode | null): void {
    way.left(shown, why);
    session?.close();
    stage.hold();
    peer?.close();
    sight.lead(null);
    session = null;
    peer = null;
    accepted = false;
    tally.next();
    verdicts.renew();
  }
  if (options.hidden) apply({ type: 'hidden', atMs: startedMs });
  const ready = options.prepared(options.path);
  void (ready ? adopt(ready) : join());

  return {
    life: () => life,
    verdict: verdicts.current,
    nextTryMs: timer.dueMs,
    subscribe,
    facts: () => ({ pictures, firstFrameMs, ...tally.facts(), ...sight.facts(), way: session?.way ?? null }),
    tellSource: way.tellSource,
    tellGateway: (run) => apply({ type: 'gateway', run, atMs: nowMs() }),
    tellCredentials: () => apply({ type: 'credentials-changed', atMs: nowMs() }),
    path: handover.shown,
    wanted: handover.wanted,
    trouble: handover.trouble,
    change(path) {
      if (path !== handover.wanted()) askedMs = nowMs();
      handover.change(path);
    },
    hurry: handover.hurry,
    tryWay: way.tryWay,
    setCovered: sight.setCovered,
    setMost: sight.setMost,
    glance: sight.glance,
    setHidden: sight.setWindowHidden,
    overdueMs: () => overdueMs(life, pictures),
    check(atMs, windowHeldUp) {
      pictures.look(atMs, life.state === 'live');
      const overdue = isOverdue(life, pictures, atMs, content()?.gopMs);
      if (overdue) {
        apply({ type: 'frames-stopped', atMs, lastPictureMs: pictures.lastFrameMs });
        peer?.frames?.()?.ask();
      }
      if (verdicts.look(atMs, windowHeldUp)) tell();
    },
    async readStatistics() {
      const own = accepted ? peer : null;
      if (!own) return;
      const statistics = await tally.take(own.statistics(), sight, () => peer === own);
      if (statistics) verdicts.count(statistics.received, nowMs());
    },
    renew: () => tally.wantsRejoin() && handover.renew(),
    close() {
      if (closing.signal.aborted) return;
      closing.abort();
      timer.stop();
      sight.close();
      handover.close();
      pictures.stop();
      clear();
      stage.close();
      const left = { session, peer };
      [session, peer] = [null, null];
      // A new division of the wall closes dozens; to say so to each other side may wait until it is on the glass.
      options.turns.take(() => {
        left.session?.close();
        left.peer?.close();
      });
    },
  };
}
