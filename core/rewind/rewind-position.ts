import type { RewindAct } from './rewind.contract.ts';

/** How far anybody can go back (ms); what is kept is mostly two minutes, and a group more. */
export const mostBackMs = 600_000;
/** Times the pace of life; where a finger is tired of choosing, each is the next one's half. */
export const speeds = [0.5, 1, 2, 4, 8] as const;
/** So near to the present there is nothing to catch up with. */
const liveEdgeMs = 400;

/**
 * Where a rewound picture is. At `saidUtcMs` it was `momentUtcMs`, and it goes on at `speed` (0: it stands, `steps` pictures from the one of that moment). Nobody has to
 * be told while it goes on.
 */
export interface RewindPosition {
  readonly momentUtcMs: number;
  readonly saidUtcMs: number;
  readonly speed: number;
  readonly steps: number;
  /** Where it stands: the moment of the picture that is on the glass; null until its window has told. */
  readonly foundUtcMs: number | null;
}

/** Which moment is shown at `nowUtcMs`, as far as it is known; never one that is still to come. */
export function momentAt({ momentUtcMs, saidUtcMs, speed, foundUtcMs }: RewindPosition, nowUtcMs: number): number {
  return Math.min(nowUtcMs, foundUtcMs ?? momentUtcMs + speed * Math.max(0, nowUtcMs - saidUtcMs));
}

/**
 * The position after its window has told which moment is on the glass for it: memory does not reach as far back as was asked for, or it was stepped by pictures. What
 * stands keeps what was asked for, so that further steps count from there; what goes on goes on from what is shown.
 */
export function foundPosition(present: RewindPosition, shownUtcMs: number, nowUtcMs: number): RewindPosition {
  const found = Math.max(nowUtcMs - mostBackMs, Math.min(nowUtcMs, shownUtcMs));
  if (present.speed === 0) return { ...present, foundUtcMs: found };
  return { ...present, momentUtcMs: found, saidUtcMs: nowUtcMs, steps: 0 };
}

/** When what is shown will have caught up with the present (UTC, ms); null where it never does. */
export function liveAt({ momentUtcMs, saidUtcMs, speed }: RewindPosition): number | null {
  if (speed <= 1) return null;
  return saidUtcMs + Math.max(0, saidUtcMs - liveEdgeMs - momentUtcMs) / (speed - 1);
}

/** The next position; null: live. `present` is null where it is live now. `refused`: only what is rewound has a pace. */
export function nextPosition(
  present: RewindPosition | null,
  what: RewindAct,
  nowUtcMs: number,
): RewindPosition | null | 'refused' {
  const shown = present === null ? nowUtcMs : momentAt(present, nowUtcMs);
  const at = (momentUtcMs: number, speed: number): RewindPosition | null => {
    const moment = Math.max(nowUtcMs - mostBackMs, momentUtcMs);
    return moment > nowUtcMs - liveEdgeMs ? null : placed(moment, nowUtcMs, speed);
  };
  switch (what.act) {
    case 'back':
      return at(shown - what.byMs, present?.speed ?? 1);
    case 'to':
      return at(what.momentUtcMs, present?.speed ?? 1);
    case 'pace':
      if (present === null) return 'refused';
      // From the picture that is shown, not from the one it was counted from.
      return what.speed === 0 && present.speed === 0 ? present : placed(shown, nowUtcMs, what.speed);
    case 'faster':
      return present === null
        ? 'refused'
        : nextPosition(present, { act: 'pace', speed: paceAfter(present.speed, what.by) }, nowUtcMs);
    case 'step':
      if (present === null) return placed(nowUtcMs, nowUtcMs, 0, what.by);
      if (present.speed > 0) return placed(shown, nowUtcMs, 0, what.by);
      return { ...present, steps: present.steps + what.by, foundUtcMs: null };
    case 'live':
      return null;
  }
}

const placed = (momentUtcMs: number, saidUtcMs: number, speed: number, steps = 0): RewindPosition => ({
  momentUtcMs,
  saidUtcMs,
  speed,
  steps,
  foundUtcMs: null,
});

/** What stands goes on at the pace of life, or slowly. */
function paceAfter(speed: number, by: 1 | -1): (typeof speeds)[number] {
  if (speed === 0) return by === 1 ? 1 : speeds[0];
  const place = speeds.findIndex((each) => each === speed) + by;
  return speeds[Math.max(0, Math.min(speeds.length - 1, place))] ?? 1;
}
