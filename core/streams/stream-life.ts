import type { ProblemCode } from './problem.ts';
import type { SourceState } from './source-state.ts';
import { nothingTold, type Told } from './told.ts';

/**
 * The life of one tile's stream, as its window sees it. Nothing here is final.
 *
 *                       ┌──────────── frame ◀─────────────┐
 *                       ▼                                 │
 *   opening ──frame──▶ live ──frames-stopped──▶ stalled ──┤
 *    ▲   │              │                         │  │    │
 *    │   │              │ failed                  │  └─ told: refused ─▶ refused (still connected)
 *    │   │ problem      ▼                         │                        │
 *    │   └──────────▶ retrying ◀── failed, timer ─┘                        │
 *    │   │              │                                                  │
 *    │   │ refusal      │ timer                                            │
 *    │   └─▶ refused    │        (5 min or new credentials)                │
 *    │          │       │                                                  │
 *    └──────────┴───────┴──────────────────────────────────────────────────┘
 *
 *   hidden wraps any of them while nobody can see the tile or its window: pictures are not presented there, so their absence
 *   says nothing. Connections go on being repaired behind it.
 *
 * Times are the window's monotonic clock in milliseconds.
 */
export type StreamLife = VisibleLife | HiddenLife;

interface Common {
  readonly sinceMs: number;
  readonly told: Told;
}
/** A state without a picture: since when, and whether there ever was one. */
interface Dark extends Common {
  readonly darkSinceMs: number;
  readonly everLive: boolean;
}

export interface OpeningLife extends Dark {
  readonly state: 'opening';
  readonly attempt: number;
  /** What went wrong before this try; null on the first. */
  readonly after: ProblemCode | null;
  /** The other side has accepted; only the first picture is missing. */
  readonly connected: boolean;
}
export interface LiveLife extends Common {
  readonly state: 'live';
  readonly attempt: number;
}
export interface StalledLife extends Dark {
  readonly state: 'stalled';
  readonly attempt: number;
}
export interface RetryingLife extends Dark {
  readonly state: 'retrying';
  /** Null where pictures stopped and nobody can say why. */
  readonly why: ProblemCode | null;
  readonly attempt: number;
  readonly retryAfterMs: number | null;
}
export interface RefusedLife extends Dark {
  readonly state: 'refused';
  readonly why: ProblemCode;
  readonly attempt: number;
  readonly retryAfterMs: number | null;
  /** The gateway keeps our connection and tries again by itself. */
  readonly connected: boolean;
}
export type VisibleLife = OpeningLife | LiveLife | StalledLife | RetryingLife | RefusedLife;
export interface HiddenLife extends Common {
  readonly state: 'hidden';
  readonly behind: VisibleLife;
}

export type StreamInput = { readonly atMs: number } & (
  | { readonly type: 'opened' | 'frame' | 'failed' | 'timer' | 'hidden' | 'visible' | 'credentials-changed' | 'way-open' }
  /** No picture for longer than is usual; `lastPictureMs` is when the last one came, null where none did. */
  | { readonly type: 'frames-stopped'; readonly lastPictureMs: number | null }
  | { readonly type: 'ice'; readonly connected: boolean }
  | { readonly type: 'problem'; readonly code: ProblemCode; readonly retryAfterMs: number | null }
  | { readonly type: 'source'; readonly source: SourceState | null; readonly foreign?: boolean }
  /** `run` is any number that differs from run to run; null while it does not run. */
  | { readonly type: 'gateway'; readonly run: number | null }
);

/** A peer that ICE calls disconnected for this long is given up. */
export const disconnectedLimitMs = 2_000;
/** A stall although the source is told live, or nobody tells: after this the connection is made anew. */
export const stalledLimitMs = 10_000;
/** A picture that lasted this long ends the counting of attempts. */
const steadyMs = 5_000;

const refusals: readonly ProblemCode[] = ['camera-refused', 'gateway-refused', 'camera-locked'];
/** Whether trying again soon would do harm: cameras lock accounts. */
export const isRefusal = (code: ProblemCode): boolean => refusals.includes(code);

/** The first state: asked at `atMs`, nothing heard. */
export function openStreamLife(atMs: number): OpeningLife {
  const told = nothingTold(atMs);
  return { state: 'opening', sinceMs: atMs, told, darkSinceMs: atMs, everLive: false, attempt: 0, after: null, connected: false };
}

/** The state after `input`; the very same object where nothing changed. */
export function nextStreamLife(life: StreamLife, input: StreamInput): StreamLife {
  if (life.state !== 'hidden') {
    if (input.type === 'hidden') return { state: 'hidden', sinceMs: input.atMs, told: life.told, behind: life };
    return nextVisible(life, input);
  }
  if (input.type === 'visible') return shown(life, input.atMs);
  if (input.type === 'frames-stopped' || input.type === 'hidden') return life;
  const behind = nextVisible(life.behind, input);
  // A stall cannot be seen from here; only what the connection itself says counts.
  return behind === life.behind ? life : { ...life, told: behind.told, behind };
}

/** Coming into sight: what was connected has to show a picture before it is called live again. */
function shown(life: HiddenLife, atMs: number): VisibleLife {
  const { behind } = life;
  // What it still shows is as old as the last moment in which somebody saw it.
  if (behind.state === 'live') return { ...opening(behind, atMs, whyDark(behind), true), darkSinceMs: life.sinceMs };
  if (behind.state === 'stalled') return opening(behind, atMs, whyDark(behind), true);
  return behind.state === 'opening' ? { ...behind, sinceMs: atMs } : behind;
}

function nextVisible(life: VisibleLife, input: StreamInput): VisibleLife {
  const { atMs } = input;
  switch (input.type) {
    case 'opened': {
      if (life.state !== 'opening' || life.connected) return life;
      const told = { ...life.told, openedInRun: life.told.gatewayRun, disconnectedSinceMs: null };
      return afterTold({ ...life, told, connected: true, sinceMs: atMs }, atMs);
    }
    case 'frame':
      if (!isConnected(life) || life.state === 'live') return life;
      return { state: 'live', sinceMs: atMs, told: { ...life.told, disconnectedSinceMs: null }, attempt: life.attempt };
    case 'frames-stopped':
      if (life.state !== 'live' && !(life.state === 'opening' && life.connected)) return life;
      return afterTold(stalled(life, atMs, input.lastPictureMs ?? atMs), atMs);
    case 'ice': {
      const disconnectedSinceMs = input.connected ? null : (life.told.disconnectedSinceMs ?? atMs);
      if (!isConnected(life) || disconnectedSinceMs === life.told.disconnectedSinceMs) return life;
      return { ...life, told: { ...life.told, disconnectedSinceMs } };
    }
    case 'failed':
      return isConnected(life) ? retrying(life, atMs, whyDark(life) ?? 'link-cut') : life;
    case 'problem':
      return life.state === 'opening' ? troubled(life, atMs, input.code, input.retryAfterMs) : life;
    case 'timer':
      return onTimer(life, atMs);
    case 'credentials-changed':
      return life.state === 'refused' || life.state === 'retrying' ? opening(life, atMs, life.why, false) : life;
    case 'way-open':
      return life.state === 'live' || (life.state === 'opening' && !life.connected)
        ? life
        : opening(life, atMs, whyDark(life), false);
    case 'source':
      return tellSource(life, input.source, input.foreign ?? false, atMs);
    case 'gateway': {
      if (input.run === life.told.gatewayRun) return life;
      const informed = { ...life, told: { ...life.told, gatewayRun: input.run } };
      // Whom nobody could ask is there again: a wait that grew long meanwhile begins anew, and short.
      if (input.run !== null && informed.told.embedded && informed.state === 'retrying' && isUnheard(informed.why))
        return retrying({ ...informed, attempt: 0 }, atMs, informed.why);
      return afterTold(informed, atMs);
    }
    case 'hidden':
    case 'visible':
      return life;
  }
}

function tellSource(life: VisibleLife, source: SourceState | null, foreign: boolean, atMs: number): VisibleLife {
  const { told } = life;
  const state = source?.state ?? null;
  const why = source && 'why' in source ? source.why : null;
  const sourceUntilUtcMs = source?.state === 'refused' ? source.untilUtcMs : null;
  const embedded = !foreign && (told.embedded || source !== null);
  const isKnown = told.source === state && told.sourceWhy === why && told.sourceUntilUtcMs === sourceUntilUtcMs;
  if (isKnown && told.embedded === embedded) return life;
  const next: Told = { ...told, source: state, sourceWhy: why, sourceSinceMs: atMs, sourceUntilUtcMs, embedded };
  const informed = { ...life, told: next };
  // Somebody got in, so the camera takes us again.
  if (informed.state === 'refused' && !informed.connected && state === 'live')
    return opening(informed, atMs, informed.why, false);
  return afterTold(informed, atMs);
}

/** What the gateway's word means for a tile without a picture. A live picture outweighs every report. */
function afterTold(life: VisibleLife, atMs: number): VisibleLife {
  const { told } = life;
  if (life.state === 'live' || !isConnected(life)) return life;
  if (told.gatewayRun !== null && needsAnother(life)) return retrying({ ...life, attempt: 0 }, atMs, 'gateway-unreachable');
  if (told.source === 'refused' && life.state !== 'refused')
    return refused(life, atMs, told.sourceWhy ?? 'camera-refused', null, true);
  if (life.state === 'refused' && told.source !== 'refused') return stalled(life, atMs);
  if (life.state === 'opening' && (told.source === 'lost' || gatewayIsDown(told))) return stalled(life, atMs);
  return life;
}

function onTimer(life: VisibleLife, atMs: number): VisibleLife {
  if (life.state === 'retrying') return opening({ ...life, attempt: life.attempt + 1 }, atMs, life.why, false);
  if (life.state === 'refused') {
    // A gateway that keeps us connected tries by itself; a second try from here would lock the account.
    return life.connected ? life : opening({ ...life, attempt: life.attempt + 1 }, atMs, life.why, false);
  }
  const dueMs = rejoinAtMs(life);
  return dueMs !== null && atMs >= dueMs ? retrying(life, atMs, whyDark(life)) : life;
}

/** When a connection that gives no picture is given up (monotonic ms); null while waiting is right. */
export function rejoinAtMs(life: StreamLife): number | null {
  if (life.state !== 'stalled') return null;
  const { told } = life;
  if (told.disconnectedSinceMs !== null) return told.disconnectedSinceMs + disconnectedLimitMs;
  // The gateway looks for the camera itself and keeps this connection for its return.
  if (told.source === 'lost' || told.source === 'opening' || told.source === 'refused' || gatewayIsDown(told)) return null;
  return Math.max(life.sinceMs, told.sourceSinceMs) + stalledLimitMs;
}

const isUnheard = (why: ProblemCode | null): why is ProblemCode => why === 'gateway-unreachable' || why === 'link-cut';

const gatewayIsDown = (told: Told): boolean => told.embedded && told.openedInRun !== null && told.gatewayRun === null;

/** Whether the gateway's side told that no more pictures come for now. A picture that comes nevertheless outweighs it. */
export function isToldGone({ told }: StreamLife): boolean {
  return told.source === 'lost' || told.source === 'refused' || gatewayIsDown(told);
}

/** What is known to be wrong with a tile that shows no live picture; null where nothing is known. */
export function whyDark(life: VisibleLife): ProblemCode | null {
  if (life.state === 'retrying' || life.state === 'refused') return life.why;
  if (gatewayIsDown(life.told)) return 'gateway-unreachable';
  if (life.told.sourceWhy !== null) return life.told.sourceWhy;
  if (life.told.disconnectedSinceMs !== null) return 'link-cut';
  return life.state === 'opening' ? life.after : null;
}

/** Whether the gateway that accepted the present connection is away, or another has taken its place: it has to be made anew. */
export function needsAnother(life: StreamLife): boolean {
  const { embedded, openedInRun, gatewayRun } = life.told;
  return isConnected(life) && embedded && openedInRun !== null && gatewayRun !== openedInRun;
}

/** Whether the present connection is still worth keeping; where not, it is to be closed. */
export function isConnected(life: StreamLife): boolean {
  if (life.state === 'hidden') return isConnected(life.behind);
  return (
    life.state === 'live' ||
    life.state === 'stalled' ||
    ((life.state === 'opening' || life.state === 'refused') && life.connected)
  );
}

const dark = (life: VisibleLife, atMs: number): Pick<Dark, 'darkSinceMs' | 'everLive'> =>
  life.state === 'live' ? { darkSinceMs: atMs, everLive: true } : { darkSinceMs: life.darkSinceMs, everLive: life.everLive };

const attemptOf = (life: VisibleLife, atMs: number): number =>
  life.state === 'live' && atMs - life.sinceMs >= steadyMs ? 0 : life.attempt;

function opening(life: VisibleLife, atMs: number, after: ProblemCode | null, connected: boolean): OpeningLife {
  const told = connected ? life.told : { ...life.told, disconnectedSinceMs: null, openedInRun: null };
  return { state: 'opening', sinceMs: atMs, told, ...dark(life, atMs), attempt: attemptOf(life, atMs), after, connected };
}

function stalled(life: VisibleLife, atMs: number, lastPictureMs = atMs): StalledLife {
  return { state: 'stalled', sinceMs: atMs, told: life.told, ...dark(life, lastPictureMs), attempt: attemptOf(life, atMs) };
}

function retrying(life: VisibleLife, atMs: number, why: ProblemCode | null, retryAfterMs: number | null = null): RetryingLife {
  const told = { ...life.told, disconnectedSinceMs: null, openedInRun: null };
  return { state: 'retrying', sinceMs: atMs, told, ...dark(life, atMs), attempt: attemptOf(life, atMs), why, retryAfterMs };
}

function refused(
  life: VisibleLife,
  atMs: number,
  why: ProblemCode,
  retryAfterMs: number | null,
  connected: boolean,
): RefusedLife {
  const attempt = attemptOf(life, atMs);
  return { state: 'refused', sinceMs: atMs, told: life.told, ...dark(life, atMs), why, attempt, retryAfterMs, connected };
}

function troubled(life: VisibleLife, atMs: number, code: ProblemCode, retryAfterMs: number | null): VisibleLife {
  return isRefusal(code) ? refused(life, atMs, code, retryAfterMs, false) : retrying(life, atMs, code, retryAfterMs);
}
