import type { DecoderProbe } from './decoder-probe.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import type { OpenPeer } from './peer-session.ts';
import { createHeldStreams, type HeldStreams } from './held-streams.ts';
import { createPreparedStreams } from './prepared-streams.ts';
import type { PooledSession, StreamSession } from './pooled-session.ts';
import { createSpareStreams } from './spare-streams.ts';
import { createStreamSession } from './stream-session.ts';
import type { Turns } from './turns.ts';
import type { WhepClient } from './whep-client.ts';

const checkEveryMs = 125;
/** A window that was held up for this long cannot tell whether pictures came. */
const heldUpMs = 500;
/** Each connection's statistics are read once in this time, one after the other: a second was 2 % of what sixteen cameras cost. */
const statisticsRoundMs = 3_000;
/** One that is asleep is counted in each of so many rounds: nobody sees it, and asking is a good part of what it costs. */
const asleepRounds = 10;
/** What a round takes while a live one was never read: what decodes it is not known before. */
const firstRoundMs = 1_000;
/** Streams that are connected anew although they are live follow each other at this distance. */
const renewGapMs = 2_000;
/** Beyond this many at once a computer without a hardware decoder drops pictures of those that are on the glass. */
const mostDecoding = 64;
/** So many more for some seconds it bears, at some hundredths of a core each: a full wall's next pictures, the first named ones. */
const leastPrepared = 8;
/** So many connections a window has, shown and spare together, before anybody asks: a wall of that size is filled without negotiating. */
const readyConnections = 16;
/** Nothing was opened or closed for so long: the window has time for what is not needed yet. */
const calmMs = 300;

/** All streams of this window, with the timers they share. */
export interface StreamPool {
  open(path: string, video: HTMLVideoElement): StreamSession;
  /**
   * Makes streams ready that are about to be shown: our gateway holds its own, others are opened, and `open` takes them as they are. What nobody showed within
   * `keepMs` ends, and so does what the same `wish` (a name of its own for each reason) does not name any more. The first named of each wish come first: not more
   * are opened than the window can decode beside what it shows.
   */
  prepare(wish: string, paths: readonly string[], keepMs: number): void;
  /** What is ready of this stream ends: it is to be had in another way now. */
  forget(path: string): void;
  /** A camera's pictures (`paths`: its streams, the best first) come until `end`, whether or not a tile shows it; nothing of that is decoded. */
  hold: HeldStreams['hold'];
  /** What comes so and no tile shows. */
  held(): readonly StreamSession[];
  /** Which run of the embedded gateway there is; null while it does not run. What an earlier one had opened is gone with it. */
  tellGateway(run: number | null): void;
  close(): void;
}

export interface StreamPoolOptions {
  readonly whep: WhepClient;
  readonly openPeer: OpenPeer;
  readonly decoderProbe: DecoderProbe;
  readonly places: Pick<ConnectionPlaces, 'lend'>;
  readonly turns: Turns;
  readonly document: Document;
}

/** Opens the pool; it watches the window's visibility and leaves every session when the page goes. */
export function createStreamPool(options: StreamPoolOptions): StreamPool {
  const { document } = options;
  const sessions = new Set<PooledSession>();
  const prepared = createPreparedStreams({ whep: options.whep, openPeer: options.openPeer, places: options.places });
  // One after the other without a pause: a wall may be filled a second after its window was opened.
  const spares = createSpareStreams({ whep: options.whep, openPeer: options.openPeer }, () => keepSpares());
  const held = createHeldStreams({
    open: (path, ready) => make(path, document.createElement('video'), () => ready, true),
    shown: () => [...sessions].map((session) => session.path()),
  });
  let gatewayRun: number | null = null;
  const nowMs = () => performance.now();
  let changedMs = nowMs();
  let checkedMs = nowMs();
  let passedOver = false;
  const dueTimers = new Set<ReturnType<typeof setTimeout>>();
  let renewedMs = Number.NEGATIVE_INFINITY;
  let nextStatistics = 0;
  let round = 0;
  let statisticsTimer: ReturnType<typeof setTimeout> | undefined;

  const checkTimer = setInterval(() => {
    const before = checkedMs;
    checkedMs = nowMs();
    // This window itself was late: the callbacks that would have told of pictures are still waiting behind this one.
    // Only once in a row: a window that is always late must not call its frozen pictures live.
    const heldUp = checkedMs - before > heldUpMs;
    passedOver = !passedOver && heldUp;
    if (passedOver) return;
    for (const session of sessions) {
      session.check(checkedMs, heldUp);
      checkWhenDue(session);
    }
    held.look();
    keepSpares();
  }, checkEveryMs);

  function keepSpares(): void {
    if (gatewayRun === null || document.hidden || nowMs() - changedMs < calmMs) return;
    for (const session of sessions) if (session.life().state === 'opening') return;
    spares.keep(Math.max(0, readyConnections - sessions.size - held.sessions().length), nowMs());
  }

  /** A stop is said when it is due, not at the next round. */
  function checkWhenDue(session: PooledSession): void {
    const dueMs = session.overdueMs();
    if (dueMs === null || dueMs >= checkedMs + checkEveryMs) return;
    const timer = setTimeout(
      () => {
        dueTimers.delete(timer);
        const atMs = nowMs();
        if (sessions.has(session) && atMs - dueMs < heldUpMs) session.check(atMs, false);
      },
      Math.max(0, dueMs - checkedMs) + 1,
    );
    dueTimers.add(timer);
  }

  async function count(session: PooledSession): Promise<void> {
    await session.readStatistics();
    if (sessions.has(session) && nowMs() - renewedMs >= renewGapMs && session.renew()) renewedMs = nowMs();
  }

  function readNextStatistics(): void {
    const all = [...sessions];
    const uncounted = all.find((session) => session.life().state === 'live' && session.facts().countedAtMs === null);
    nextStatistics = nextStatistics + 1 >= all.length ? 0 : nextStatistics + 1;
    if (nextStatistics === 0) round += 1;
    const next = uncounted ?? all[nextStatistics];
    if (next !== undefined && (next.facts().gait !== 'asleep' || round % asleepRounds === 0)) void count(next);
    statisticsTimer = setTimeout(readNextStatistics, (uncounted ? firstRoundMs : statisticsRoundMs) / Math.max(1, all.length));
  }
  readNextStatistics();

  function make(path: string, video: HTMLVideoElement, ready: typeof prepared.take, hidden: boolean): PooledSession {
    const { whep, openPeer, decoderProbe, turns } = options;
    const shared = { whep, openPeer, decoderProbe, turns, spares, held, keep: prepared.keep };
    return createStreamSession({ ...shared, path, video, prepared: ready, hidden, nowMs, random: Math.random });
  }

  const onVisibility = () => {
    for (const session of sessions) session.setHidden(document.hidden);
  };
  const onPageHide = () => {
    prepared.close();
    spares.close();
    held.close();
    for (const session of [...sessions]) session.close();
    options.turns.finish();
  };
  document.addEventListener('visibilitychange', onVisibility);
  document.defaultView?.addEventListener('pagehide', onPageHide);

  return {
    open(path, video) {
      const session = make(path, video, prepared.take, document.hidden);
      sessions.add(session);
      changedMs = nowMs();
      return {
        ...session,
        close() {
          sessions.delete(session);
          changedMs = nowMs();
          session.close();
        },
      };
    },
    prepare: (wish, paths, keepMs) =>
      prepared.prepare(wish, paths, keepMs, Math.max(leastPrepared, mostDecoding - sessions.size)),
    forget: prepared.forget,
    hold: held.hold,
    held: held.sessions,
    tellGateway(run) {
      if (run === gatewayRun) return;
      if (gatewayRun !== null) {
        prepared.letGo();
        spares.clear();
      }
      gatewayRun = run;
    },
    close() {
      clearInterval(checkTimer);
      for (const timer of dueTimers) clearTimeout(timer);
      clearTimeout(statisticsTimer);
      document.removeEventListener('visibilitychange', onVisibility);
      document.defaultView?.removeEventListener('pagehide', onPageHide);
      onPageHide();
      sessions.clear();
    },
  };
}
