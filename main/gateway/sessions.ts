import { randomBytes, randomInt } from 'node:crypto';
import type { StreamName } from '../../core/cameras/camera.ts';
import { createCommonBeat, sendingBeat } from '../../core/streams/common-beat.ts';
import type { SessionWish, WishAnswer } from '../../core/streams/session-wish.ts';
import type { Clock } from '../ports/clock.ts';
import type { ViewerNotice } from '../ports/media-gateway.ts';
import { createLineSwitch, type LineSwitch } from './line-switch.ts';
import type { OpenAnswer } from './open-waiters.ts';
import { createPacer } from './pacer.ts';
import type { SourceLine } from './source-line.ts';
import type { SourceLines } from './source-lines.ts';
import { createViewer, type Viewer } from './viewer.ts';
import { type Answer, problemAnswer } from './whep/answer.ts';
import { chooseFormat } from './whep/choose-format.ts';
import { readOffer } from './whep/offer.ts';
import { createPeer, type Peer } from './whep/peer.ts';

export const sessionBounds = {
  viewers: 512,
  /** Offers being worked on: each costs a handshake, and a wall opens all its tiles at once. */
  offers: 64,
  /**
   * How long an offer waits to learn its source's codec. Short: a browser speaks HTTP/1.1 over six connections, and cameras
   * that are slow or dead must not hold up the offers for all others behind them.
   */
  answerMs: 400,
} as const;

const reportMs = 1_000;

export interface Session {
  readonly viewerId: string;
  /** What it shows now; null where it shows nothing yet, or nothing any more. */
  readonly shows: { readonly camera: string; readonly stream: StreamName } | null;
  /** Where WHEP created it. */
  readonly path: string;
  readonly etag: string;
  readonly answer: string;
  readonly peer: Peer;
}

/** All viewers' sessions. */
export interface Sessions {
  /** Opens a session for an offer, or answers why not. `gone` is aborted when nobody waits for the answer any more. */
  open(camera: string, stream: StreamName, offer: string, gone: AbortSignal): Promise<Session | Answer>;
  /** The same for a session that shows nothing yet, and can be shown whatever sends H.264. */
  openSpare(offer: string, gone: AbortSignal): Promise<Session | Answer>;
  /** Shows other cameras in open sessions, or none, without negotiation. */
  show(wishes: readonly SessionWish[]): WishAnswer[];
  find(viewerId: string): Session | null;
  /** False where it is not known. */
  drop(viewerId: string): boolean;
  /** Ends every session that shows this line. */
  dropLine(line: SourceLine): void;
  each(listener: (session: Session) => void): void;
  close(): void;
}

interface Entry extends Session {
  /** It wants its pictures together with those of others. */
  readonly together: boolean;
  readonly lines: LineSwitch;
  readonly viewer: Viewer;
}

export function createSessions(ports: {
  clock: Clock;
  random: () => number;
  lines: Pick<SourceLines, 'find'>;
  iceServers: readonly string[];
  onViewer(notice: ViewerNotice): void;
}): Sessions {
  const { clock, lines } = ports;
  const entries = new Map<string, Entry>();
  const pacer = createPacer(clock);
  const beat = createCommonBeat(
    { nowMs: clock.monotonicMs, setTimeout: (then, delayMs) => clock.after(delayMs, then) },
    sendingBeat,
  );
  let offers = 0;
  let stopReports = (): void => {};

  const tell = ({ viewerId, shows }: Session, what: ViewerNotice['what']): void => ports.onViewer({ viewerId, shows, what });
  const end = (entry: Entry): void => {
    if (!entries.delete(entry.viewerId)) return;
    entry.viewer.stop();
    entry.peer.close();
    entry.lines.end();
    tell(entry, 'closed');
  };
  const report = (): void => {
    for (const { viewer } of entries.values()) viewer.report();
    beat.count([...entries.values()].filter((entry) => entry.together && entry.viewer.isOpen() && entry.shows !== null).length);
    stopReports = entries.size > 0 ? clock.after(reportMs, report) : () => {};
  };

  const negotiate = async (target: Target | null, text: string, gone: AbortSignal): Promise<Session | Answer> => {
    const offer = readOffer(text);
    if (typeof offer === 'string') return problemAnswer('bad-request', offer);
    const release = target?.line.hold() ?? (() => {});
    let kept = false;
    try {
      const opened = target && (await waitForOpen(clock, target.line, gone, sessionBounds.answerMs));
      if (opened !== null && !opened.ok)
        return problemAnswer(opened.code, 'the source did not open', { retryAfterMs: opened.retryAfterMs });
      // A source that is still opening is taken for what nearly every camera sends. Should it send something else, the
      // session ends when that is known, and the next offer is answered rightly.
      const codec = opened?.codec ?? target?.line.codec() ?? 'h264';
      const format = chooseFormat(offer.video, codec, target?.line.pictures.sps() ?? null);
      if (format === null)
        return problemAnswer('codec-unsupported', `the source sends ${codec.toUpperCase()}, which the offer lacks`);
      const entry = await connect(target, offer, format, release);
      kept = true;
      if (gone.aborted) end(entry);
      return entry;
    } catch (error) {
      return problemAnswer(
        'bad-request',
        `the offer cannot be answered: ${error instanceof Error ? error.message : 'unknown'}`.slice(0, 300),
      );
    } finally {
      if (!kept) release();
    }
  };

  const connect = async (
    target: Target | null,
    offer: Exclude<ReturnType<typeof readOffer>, string>,
    format: NonNullable<ReturnType<typeof chooseFormat>>,
    release: () => void,
  ): Promise<Entry> => {
    const viewerId = randomBytes(16).toString('base64url');
    const identity = {
      ssrc: randomInt(1, 2 ** 32 - 1),
      payloadType: format.payloadType,
      cname: `deedban-${viewerId.slice(0, 8)}`,
    };
    let entry: Entry | null = null;
    let ended = false;
    const finish = (): void => {
      ended = true;
      if (entry !== null) end(entry);
    };
    // The track opens after the answer was used, so the viewer is there by then.
    const peer = await createPeer(
      { clock, offer, format, identity, iceServers: ports.iceServers },
      { onOpen: () => entry?.viewer.start(), onFeedback: (packet) => entry?.viewer.feedback(packet), onEnd: finish },
    );
    const { together } = offer.video;
    const viewer = createViewer(
      {
        clock,
        pacer,
        sink: peer,
        identity,
        playoutDelay: offer.video.playoutDelay,
        beat: together ? beat : null,
        random: ports.random,
        onCodec: (codec) => codec === format.codec || finish(),
      },
      target?.line ?? null,
    );
    const path = `/whep/${target === null ? 'spare' : `${target.camera}/${target.stream}`}/${viewerId}`;
    const etag = `"${peer.iceUfrag}"`;
    const shown = createLineSwitch(
      {
        clock,
        viewer,
        codec: format.codec ?? 'h264',
        find: lines.find,
        onChange: () => entry !== null && entries.has(viewerId) && tell(entry, 'changed'),
      },
      target && { ...target, release },
    );
    entry = {
      viewerId,
      get shows() {
        const line = shown.shown();
        return line && { camera: line.camera, stream: line.stream };
      },
      together,
      path,
      etag,
      answer: peer.answer,
      peer,
      viewer,
      lines: shown,
    };
    entries.set(viewerId, entry);
    tell(entry, 'opened');
    if (entries.size === 1) {
      stopReports();
      stopReports = clock.after(reportMs, report);
    }
    if (ended) end(entry);
    return entry;
  };

  const admit = async (target: Target | null, offer: string, gone: AbortSignal): Promise<Session | Answer> => {
    if (offers >= sessionBounds.offers) return problemAnswer('gateway-busy', 'too many offers at once', { retryAfterMs: 1_000 });
    if (entries.size + offers >= sessionBounds.viewers)
      return problemAnswer('gateway-busy', 'too many viewers', { retryAfterMs: 1_000 });
    offers += 1;
    try {
      return await negotiate(target, offer, gone);
    } finally {
      offers -= 1;
    }
  };

  return {
    async open(camera, stream, offer, gone) {
      const line = lines.find(camera, stream);
      if (line === null) return problemAnswer('unknown-camera', 'no such camera or stream');
      return admit({ camera, stream, line }, offer, gone);
    },
    openSpare: (offer, gone) => admit(null, offer, gone),
    show: (wishes) =>
      wishes.map(
        (wish) => entries.get(wish.session)?.lines.ask(wish) ?? { what: 'refused', code: 'unknown-session', retryAfterMs: null },
      ),
    find: (viewerId) => entries.get(viewerId) ?? null,
    drop(viewerId) {
      const entry = entries.get(viewerId);
      if (entry === undefined) return false;
      end(entry);
      return true;
    },
    dropLine(line) {
      for (const entry of [...entries.values()]) {
        entry.lines.forget(line);
        if (entry.lines.shown()?.line === line) end(entry);
      }
    },
    each(listener) {
      for (const entry of entries.values()) listener(entry);
    },
    close() {
      stopReports();
      for (const entry of [...entries.values()]) end(entry);
    },
  };
}

interface Target {
  readonly camera: string;
  readonly stream: StreamName;
  readonly line: SourceLine;
}

/** How the line's present try ends, or why the last one did; null where neither is known after `limitMs`. */
function waitForOpen(clock: Clock, line: SourceLine, gone: AbortSignal, limitMs: number): Promise<OpenAnswer | null> {
  return new Promise((resolve) => {
    const before = line.state();
    const finish = (answer: OpenAnswer | null): void => {
      stop();
      stopTimer();
      gone.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    const giveUp = (): void => {
      const state = line.state();
      const known = state.state === 'lost' ? state : before.state === 'lost' ? before : null;
      finish(known && { ok: false, code: known.why, retryAfterMs: null });
    };
    const stopTimer = clock.after(limitMs, giveUp);
    gone.addEventListener('abort', giveUp);
    let stop = (): void => {};
    stop = line.opened(finish);
  });
}
