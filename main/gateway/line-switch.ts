import type { StreamName } from '../../core/cameras/camera.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import type { SessionWish, WishAnswer } from '../../core/streams/session-wish.ts';
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

/** Which line one session shows (null: none), and which one it is to show next. */
export interface LineSwitch {
  shown(): HeldLine | null;
  /**
   * Asks for another line, or for none. What is shown goes on until the other one has a key picture, and gives way to it then; where nothing is shown
   * there is nothing to wait for. A newer wish replaces an older one. Pictures carry the mark of the wish that they came by.
   */
  ask(wish: Pick<SessionWish, 'show' | 'mark'>): WishAnswer;
  /** A line is gone for good: it is not waited for any more. */
  forget(line: SourceLine): void;
  end(): void;
}

export function createLineSwitch(
  ports: {
    readonly clock: Clock;
    readonly viewer: Pick<Viewer, 'show' | 'mark' | 'isOpen'>;
    /** What was negotiated. */
    readonly codec: VideoCodec;
    find(camera: string, stream: StreamName): SourceLine | null;
    /** Another line is shown, or none. */
    onChange(): void;
  },
  first: HeldLine | null,
): LineSwitch {
  const { clock, viewer } = ports;
  let shown = first;
  let awaited: { readonly held: HeldLine; mark: number; leave(): void } | null = null;
  let stopWaiting = (): void => {};

  const drop = (): void => {
    stopWaiting();
    awaited?.leave();
    awaited?.held.release();
    awaited = null;
  };
  const refuse = (code: ProblemCode, retryAfterMs: number | null = null): WishAnswer => {
    drop();
    return { what: 'refused', code, retryAfterMs };
  };
  const put = (next: HeldLine | null, mark: number): void => {
    viewer.show(next?.line ?? null, mark);
    shown?.release();
    shown = next;
    ports.onChange();
  };
  /** It has a key picture: the other line gives way to it. */
  const change = (): void => {
    if (awaited === null || !viewer.isOpen() || awaited.held.line.pictures.cached(clock.monotonicMs()).length === 0) return;
    if (awaited.held.line.codec() !== ports.codec) return drop();
    const { held, mark, leave } = awaited;
    stopWaiting();
    leave();
    awaited = null;
    put(held, mark);
  };
  const waitFor = (held: HeldLine, mark: number): void => {
    const leave = held.line.view({
      onUnit() {
        // Not while the line tells its viewers: who joins them then would be told of this picture twice.
        queueMicrotask(change);
      },
      onBreak() {},
      onCodec() {},
    });
    awaited = { held, mark, leave };
  };

  return {
    shown: () => shown,
    ask({ show, mark }) {
      if (show === null) {
        drop();
        if (shown !== null) put(null, mark);
        return { what: 'shown' };
      }
      const { camera, stream } = show;
      const line = ports.find(camera, stream);
      if (line === null) return refuse('unknown-camera');
      if (line === shown?.line) {
        drop();
        viewer.mark(mark);
        return { what: 'shown' };
      }
      const codec = line.codec();
      if (codec !== null && codec !== ports.codec) return refuse('codec-unsupported');
      if (shown === null) {
        put({ camera, stream, line, release: line.hold() }, mark);
        return { what: 'shown' };
      }
      if (awaited?.held.line === line) awaited.mark = mark;
      else {
        drop();
        waitFor({ camera, stream, line, release: line.hold() }, mark);
      }
      const state = line.state();
      if (state.state === 'refused') return refuse(state.why, Math.max(0, state.untilUtcMs - clock.utcMs()));
      if (state.state === 'lost') return refuse(state.why);
      change();
      if (awaited === null) return { what: 'shown' };
      stopWaiting();
      stopWaiting = clock.after(switchHoldMs, drop);
      return { what: 'awaited' };
    },
    forget(line) {
      if (awaited?.held.line === line) drop();
    },
    end() {
      drop();
      shown?.release();
    },
  };
}
