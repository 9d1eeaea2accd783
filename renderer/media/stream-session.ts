import {
  isConnected,
  needsAnother,
  nextStreamLife,
  openStreamLife,
  whyDark,
  type StreamInput,
  type StreamLife,
} from '../../core/streams/stream-life.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { agreeOn } from './agree-on.ts';
import { before, codeOfFault } from './answer-fault.ts';
import { MediaProblem } from './media-problem.ts';
import { markOf } from './first-picture.ts';
import { type KeptPeer, openKept } from './kept-peer.ts';
import { createNextPeer } from './next-peer.ts';
import type { PeerEvents } from './peer-session.ts';
import { part, type ShowingSpare, showInSpare } from './spare-showing.ts';
import type { PooledSession } from './pooled-session.ts';
import { isOverdue, overdueMs } from './picture-overdue.ts';
import { watchPictures } from './picture-watch.ts';
import { createStage } from './stage.ts';
import type { StreamSessionOptions } from './stream-session-options.ts';
import { createListeners } from './listeners.ts';
import { createHandover } from './stream-handover.ts';
import { isWell, sightOf } from './handover-sight.ts';
import { createStreamSight } from './stream-sight.ts';
import { createStreamTally } from './stream-tally.ts';
import { createStreamWay } from './stream-way.ts';
import { asks, createStreamTimer } from './stream-timer.ts';
import type { Successor } from './stream-successor.ts';
import { tellTaken } from './tell-taken.ts';
import { createVerdictWatch } from './verdict-watch.ts';
import type { WhepSession } from './whep-client.ts';

/** From asking to an answer; the gateway may have to open the camera meanwhile. */
const answerLimitMs = 20_000;

/** Keeps one stream in one `<video>`, whatever happens, until it is closed. The rules are in `nextStreamLife`. */
export function createStreamSession(options: StreamSessionOptions): PooledSession {
  const { video, nowMs } = options;
  const startedMs = nowMs();
  const { subscribe, tell, clear } = createListeners();
  const way = createStreamWay({ session: () => session, handover: () => handover, apply, nowMs });
  const closing = new AbortController();
  const stage = createStage(video, options.turns.take);
  let life: StreamLife = openStreamLife(startedMs);
  let peer: KeptPeer | null = null;
  let session: WhepSession | null = null;
  let accepted = false;
  /** Only pictures with this mark are what was asked for; null where all are. */
  let awaitedMark: number | null = null;
  let firstFrameMs: number | null = null;
  const timer = createStreamTimer(nowMs, options.random, (atMs) => apply({ type: 'timer', atMs }));
  const tally = createStreamTally(options.decoderProbe, nowMs, options.random);
  const nextPeer = createNextPeer(newPeer);

  const onFrame = (rtpTimestamp: number | null) => {
    if (awaitedMark !== null && markOf(rtpTimestamp) !== awaitedMark) return;
    tellTaken(peer?.frames?.(), pictures, rtpTimestamp);
    awaitedMark = null;
    if (life.state === 'live') return;
    firstFrameMs ??= isConnected(life) ? nowMs() - startedMs : null;
    apply({ type: 'frame', atMs: nowMs() });
  };
  const cameMs = () => peer?.deliveredMs?.() ?? null;
  const pictures = watchPictures(video, onFrame, () => sight.patienceMs(), cameMs);

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
  const verdicts = createVerdictWatch(
    { life: () => life, pictures, content, rests: sight.rests, keysEveryMs: sight.keysEveryMs },
    startedMs,
  );

  const handover = createHandover({
    ...options,
    session: () => session,
    onAsked: (next, mark) => peer?.frames?.()?.own(next, mark),
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
    if (isConnected(life)) nextPeer.look(needsAnother(life));
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
      const asked = handover.wanted();
      const wish = way.wish(asked);
      const ready =
        peer === null && wish.left === undefined ? await showInSpare(options.spares, stage, asked, signal, closing.signal) : null;
      if (closing.signal.aborted) return;
      if (ready) return goOn(ready.spare, asked, ready);
      peer ??= nextPeer.take() ?? newPeer();
      const own = peer;
      const offer = await before(signal, own.offer());
      if (closing.signal.aborted) return;
      const path = handover.wanted();
      const opening = await options.whep.open(path, offer, signal, path === asked ? wish : {});
      if (closing.signal.aborted) return opening.session.close();
      session = opening.session;
      accepted = true;
      handover.opened(path);
      shown = path;
      await before(signal, agreeOn(opening, own, path, signal));
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

  /** Goes on with a connection that was open already: `spare` where it showed something else, or nothing. */
  function goOn(open: Successor, path: string, spare: ShowingSpare | null): void {
    ({ session, peer } = open);
    accepted = true;
    awaitedMark = spare && spare.mark;
    if (spare || open.used) tally.next('used before');
    if (spare) open.peer.frames?.()?.renew();
    handover.opened(path, spare?.mark);
    shown = path;
    open.peer.hand(eventsOf(() => open.peer));
    // What it showed before must not be seen here.
    const waitMs = spare ? spare.spare.drainedMs - nowMs() : 0;
    if (waitMs > 0) setTimeout(() => peer === open.peer && put(open.track), waitMs);
    else put(open.track);
    // What is told of source and gateway comes first, as it does before an answer.
    void Promise.resolve().then(() => {
      if (peer !== open.peer) return;
      apply({ type: 'opened', atMs: nowMs() });
      way.look();
      trickle();
    });
  }

  function newPeer(): KeptPeer {
    const own: KeptPeer = openKept(
      options.openPeer,
      eventsOf(() => own),
    );
    return own;
  }

  function eventsOf(own: () => KeptPeer): PeerEvents {
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
    awaitedMark = null;
    ({ session, peer } = successor);
    successor.peer.hand(eventsOf(() => successor.peer));
    put(successor.track);
    part({ ...former, used: true, well: isWell(life), path: shown, next: handover.wanted() }, options, (work) => work());
    tally.next(successor.used ? 'used before' : undefined);
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
    awaitedMark = null;
    tally.next();
    verdicts.renew();
  }

  if (options.hidden) apply({ type: 'hidden', atMs: startedMs });
  const ready = options.prepared(options.path);
  if (ready) goOn(ready, options.path, null);
  else void join();

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
    ...sight.wishes,
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
      nextPeer.close();
      stage.close();
      const left = { session, peer, used: accepted && isConnected(life), well: isWell(life), path: shown, next: null };
      [session, peer] = [null, null];
      // A new division of the wall closes dozens; to say so to each other side may wait until it is on the glass.
      part(left, options, options.turns.take);
    },
  };
}
