import type { StreamAddress } from '../../core/cameras/camera.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';
import { isRefusal, nextSource, type SourceInput } from '../../core/streams/source-life.ts';
import type { SourceState } from '../../core/streams/source-state.ts';
import type { Clock } from '../ports/clock.ts';
import { createLineOrigin } from './line-origin.ts';
import { createLinePictures, type LinePictures } from './line-pictures.ts';
import { createOpenWaiters, type OpenAnswer } from './open-waiters.ts';
import type { PacketedUnit } from './pictures/gop-cache.ts';
import { createLineRing, keptMs, type LineRing, type RingRoom } from './taps/line-ring.ts';
import { type GuardedSource, openGuarded } from './guarded-source.ts';
import type { SourceEvents, SourceProblem, VideoCodec } from './source.ts';
import type { SourceMakers } from './source-makers.ts';

export const lineTimes = {
  /** How long a source goes on without viewers: an operator who switches to and fro must not knock at the camera each time. */
  lingerMs: 10_000,
  /** A connection has to have lived this long before its end counts as the first failure again. */
  steadyMs: 5_000,
} as const;

/** One viewer, as its line sees it. */
export interface LineViewer {
  onUnit(unit: PacketedUnit): void;
  /** The source ended: nothing is decodable before its next key picture. */
  onBreak(): void;
  /** A source has opened with this codec: where something else was negotiated, that is void. */
  onCodec(codec: VideoCodec): void;
}

/** One stream of one camera: one connection to it at a time, however many viewers there are. */
export interface SourceLine {
  state(): SourceState;
  /** Of the present or the last source; null before any was open. */
  codec(): VideoCodec | null;
  readonly pictures: Pick<LinePictures, 'cached' | 'sps' | 'intervalTicks' | 'captureTime'>;
  /** Wants the source until the returned function is called. */
  hold(): () => void;
  /** How the present try ends: at once where that is known, else when it is. Call `hold` first. */
  opened(listener: (answer: OpenAnswer) => void): () => void;
  view(viewer: LineViewer): () => void;
  /** What came lately where no window decodes it (H.265 without a viewer), or while it is tapped. */
  readonly ring: LineRing;
  /** Wants the source, and its pictures in the ring whoever views it, until the returned function is called. */
  tap(): () => void;
  /** New address or credentials: the present connection ends, a refusal is forgotten. */
  readdress(address: StreamAddress): void;
  close(): void;
}

export interface LinePorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly makers: SourceMakers;
  /** How much of a picture goes into one packet. */
  readonly mostPayloadBytes: number;
  /** What the rings of all lines may hold. */
  readonly ringRoom: RingRoom;
  onState(state: SourceState): void;
  /** What is worth a line in a log: the first time of each kind in a row of failed tries, then ever more rarely. `tries`: how many it is by now. */
  onProblem(problem: SourceProblem, tries: number): void;
}

/** A wall of dead cameras tries a hundred times a second, and would push all else out of the log within the hour. */
const isRoundNumber = (count: number): boolean => Number.isInteger(Math.log2(count));

export function createSourceLine(ports: LinePorts, firstAddress: StreamAddress): SourceLine {
  const { clock } = ports;
  const pictures = createLinePictures(ports.mostPayloadBytes);
  const origin = createLineOrigin();
  const ring = createLineRing(ports.ringRoom);
  let taps = 0;
  const viewers = new Set<LineViewer>();
  const waiters = createOpenWaiters();
  let address = firstAddress;
  let state: SourceState = { state: 'idle' };
  let codec: VideoCodec | null = null;
  let source: GuardedSource | null = null;
  /** The present source has told its codec. */
  let isOpen = false;
  let tries = 0;
  let holders = 0;
  let failures = 0;
  const toldOf = new Set<ProblemCode>();
  let retryAtMs = 0;
  let liveAtMs = 0;
  let stopRetry = (): void => {};
  let stopLinger = (): void => {};
  let closed = false;

  const step = (input: SourceInput): void => {
    const next = nextSource(state, input);
    if (next === state) return;
    state = next;
    ports.onState(state);
  };
  const stopSource = (): void => {
    tries += 1;
    isOpen = false;
    source?.end();
    source = null;
    pictures.end();
    for (const viewer of [...viewers]) viewer.onBreak();
  };

  const open = (): void => {
    stopRetry();
    const maker = ports.makers.forAddress(address);
    if (maker === null)
      return ended({ code: 'unknown-camera', detail: `the gateway does not serve ${address.scheme} addresses` });
    const mine = tries;
    const opened = openGuarded(clock, (events) => maker(address, events), { onOpen, onUnit, onEnd: ended });
    // A maker may fail before it returns, and the next try may then be running already.
    if (mine === tries) source = opened;
    else opened.end();
  };
  const onOpen: SourceEvents['onOpen'] = (facts) => {
    codec = facts.codec;
    for (const viewer of [...viewers]) viewer.onCodec(facts.codec);
    isOpen = true;
    origin.begin(facts);
    pictures.begin(facts.codec, facts.parameterSets);
    ring.begin(facts.codec, facts.parameterSets);
    waiters.answer({ ok: true, codec: facts.codec });
  };
  const onUnit: SourceEvents['onUnit'] = (unit) => {
    if (state.state === 'opening') liveAtMs = clock.monotonicMs();
    const packeted = pictures.take(unit, clock.monotonicMs());
    const made = unit.key ? origin.look(pictures.parameterSets()) : origin.present();
    step({ what: 'unit', atUtcMs: clock.utcMs(), codec: unit.codec, origin: made });
    ring.take(unit, clock.utcMs(), keptMs[keeping(unit.codec)]);
    if (packeted !== null) for (const viewer of viewers) viewer.onUnit(packeted);
  };
  /** What a window gets it keeps itself, and every window decodes H.264: of that the gateway keeps nothing unless somebody takes it away. */
  const keeping = (codec: VideoCodec): keyof typeof keptMs => {
    if (codec === 'h265' && (viewers.size === 0 || taps > 0)) return 'hidden';
    return taps > 0 ? 'tapped' : 'none';
  };
  const ended = (problem: SourceProblem): void => {
    const atUtcMs = clock.utcMs();
    stopSource();
    if (state.state === 'live' && clock.monotonicMs() - liveAtMs >= lineTimes.steadyMs) failures = 0;
    if (failures === 0) toldOf.clear();
    if (!toldOf.has(problem.code) || isRoundNumber(failures + 1)) ports.onProblem(problem, failures + 1);
    toldOf.add(problem.code);
    const delayMs = nextDelayMs(retryPolicies[retryPolicyName(problem.code)], failures, ports.random);
    failures += 1;
    retryAtMs = clock.monotonicMs() + delayMs;
    step({ what: 'ended', atUtcMs, why: problem.code, refusedMs: delayMs });
    waiters.answer(refusal(problem.code, delayMs));
    wait();
  };
  /** A lost source is tried again while somebody wants it; a refused one waits either way. */
  const wait = (): void => {
    stopRetry();
    if (state.state !== 'refused' && (state.state !== 'lost' || holders === 0)) return;
    stopRetry = clock.after(Math.max(0, retryAtMs - clock.monotonicMs()), () => {
      // Without viewers a refusal that is over is forgotten; a lost source is left to the linger time.
      if (holders === 0 && state.state === 'refused') return step({ what: 'readdressed', atUtcMs: clock.utcMs(), wanted: false });
      if (holders === 0) return;
      // The monotonic clock says that the time is over, whatever was done to the wall clock meanwhile.
      const atUtcMs = state.state === 'refused' ? Math.max(clock.utcMs(), state.untilUtcMs) : clock.utcMs();
      step({ what: 'retry', atUtcMs });
      if (state.state === 'opening') open();
      else wait();
    });
  };
  const wanted = (): void => {
    stopLinger();
    if (state.state === 'lost') return wait();
    if (state.state !== 'idle') return;
    failures = 0;
    step({ what: 'wanted', atUtcMs: clock.utcMs() });
    open();
  };
  const unwanted = (): void => {
    stopLinger();
    stopLinger = clock.after(lineTimes.lingerMs, () => {
      if (state.state !== 'refused') stopRetry();
      stopSource();
      ring.clear();
      step({ what: 'unwanted' });
    });
  };
  const refusal = (code: ProblemCode, delayMs: number): OpenAnswer => ({
    ok: false,
    code,
    retryAfterMs: isRefusal(code) ? delayMs : null,
  });

  function hold(): () => void {
    if (closed) return () => {};
    holders += 1;
    if (holders === 1) wanted();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      holders -= 1;
      if (holders === 0 && !closed) unwanted();
    };
  }

  return {
    state: () => state,
    codec: () => codec,
    pictures,
    ring,
    hold,
    tap() {
      const letGo = hold();
      taps += 1;
      let tapped = true;
      return () => {
        if (!tapped) return;
        tapped = false;
        taps -= 1;
        letGo();
      };
    },
    opened(listener) {
      if (state.state === 'refused') {
        listener(refusal(state.why, Math.max(0, retryAtMs - clock.monotonicMs())));
        return () => {};
      }
      if (isOpen && codec !== null) {
        listener({ ok: true, codec });
        return () => {};
      }
      return waiters.add(listener);
    },
    view(viewer) {
      viewers.add(viewer);
      return () => viewers.delete(viewer);
    },
    readdress(next) {
      address = next;
      failures = 0;
      stopRetry();
      stopSource();
      step({ what: 'readdressed', atUtcMs: clock.utcMs(), wanted: holders > 0 });
      if (holders > 0) open();
    },
    close() {
      closed = true;
      stopRetry();
      stopLinger();
      stopSource();
      ring.clear();
      waiters.answer({ ok: false, code: 'unknown-camera', retryAfterMs: null });
    },
  };
}
