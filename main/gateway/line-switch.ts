import type { StreamName } from '../../core/cameras/camera.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import type { Clock } from '../ports/clock.ts';
import type { VideoCodec } from './source.ts';
import type { SourceLine } from './source-line.ts';
import type { Viewer } from './viewer.ts';

/** How long a line is held for a session that does not ask again whether it may be shown. */
export const switchHoldMs = 6_000;

/** A line that a session shows, or is to show, and holds for that. */
export interface HeldLine {
  readonly camera: string;
  readonly stream: StreamName;
  readonly line: SourceLine;
  release(): void;
}

export type SwitchAnswer =
  /** Shown: pictures from this RTP timestamp on are the new line's. */
  | { readonly what: 'shown'; readonly fromRtpTimestamp: number }
  /** Its first key picture is still to come; the former line goes on. Ask again. */
  | { readonly what: 'awaited' }
  | { readonly what: 'refused'; readonly code: ProblemCode; readonly retryAfterMs: number | null };

/** Which line one session shows, and which one it is to show next. */
export interface LineSwitch {
  shown(): HeldLine;
  /**
   * Asks for another line; asked again, whether it is there by now. The change is made while it is asked for and never later, so that whoever
   * asks knows of it before its first picture is decoded. A newer wish replaces an older one.
   */
  ask(camera: string, stream: StreamName): SwitchAnswer;
  /** A line is gone for good: it is not waited for any more. */
  forget(line: SourceLine): void;
  end(): void;
}

export function createLineSwitch(
  ports: {
    readonly clock: Clock;
    readonly viewer: Pick<Viewer, 'show' | 'from'>;
    /** What was negotiated. */
    readonly codec: VideoCodec;
    find(camera: string, stream: StreamName): SourceLine | null;
  },
  first: HeldLine,
): LineSwitch {
  const { clock, viewer } = ports;
  let shown = first;
  let awaited: HeldLine | null = null;
  let stopWaiting = (): void => {};

  const drop = (): void => {
    stopWaiting();
    awaited?.release();
    awaited = null;
  };
  const refuse = (code: ProblemCode, retryAfterMs: number | null = null): SwitchAnswer => {
    drop();
    return { what: 'refused', code, retryAfterMs };
  };
  const waitFor = (camera: string, stream: StreamName, line: SourceLine): HeldLine => {
    if (awaited?.line !== line) {
      drop();
      awaited = { camera, stream, line, release: line.hold() };
    }
    stopWaiting();
    stopWaiting = clock.after(switchHoldMs, drop);
    return awaited;
  };

  return {
    shown: () => shown,
    ask(camera, stream) {
      const line = ports.find(camera, stream);
      if (line === null) return refuse('unknown-camera');
      if (line === shown.line) {
        drop();
        const from = viewer.from();
        return from === null ? { what: 'awaited' } : { what: 'shown', fromRtpTimestamp: from };
      }
      const next = waitFor(camera, stream, line);
      const state = line.state();
      if (state.state === 'refused') return refuse(state.why, Math.max(0, state.untilUtcMs - clock.utcMs()));
      if (state.state === 'lost') return refuse(state.why);
      const codec = line.codec();
      if (codec !== null && codec !== ports.codec) return refuse('codec-unsupported');
      const fromRtpTimestamp = viewer.show(line);
      if (fromRtpTimestamp === null) return { what: 'awaited' };
      stopWaiting();
      shown.release();
      shown = next;
      awaited = null;
      return { what: 'shown', fromRtpTimestamp };
    },
    forget(line) {
      if (awaited?.line === line) drop();
    },
    end() {
      drop();
      shown.release();
    },
  };
}
