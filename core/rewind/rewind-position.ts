import type { RewindAct } from './rewind.contract.ts';

/** How far anybody can go back (ms); what is kept is mostly two minutes, and a group more. */
export const mostBackMs = 600_000;
/** Times the pace of life; where a finger is tired of choosing, each is the next one's half. */
export const speeds = [0.5, 1, 2, 4, 8] as const;
/** So near to the present there is nothing to catch up with. */
const liveEdgeMs = 400;
/** A picture is no further from the moment that is asked for, also of a camera of one picture a second. */
export const nearMs = 1_000;

/**
 * Where a rewound picture is. At `saidUtcMs` it was `momentUtcMs`, and it goes on at `speed` (0: it stands, `steps` pictures from the one of that moment). Nobody has to
 * be told while it goes on.
 */
export interface RewindPosition {
  readonly momentUtcMs: number;
  readonly saidUtcMs: number;
  readonly speed: number;
  readonly steps: number;
  /**
   * The moment of the picture that is on the glass, as its window has told: where it stands, and where it goes on over a stretch of which nothing is kept and the last picture
   * before that stays. Null where nothing was told, and where what goes on has its pictures.
   */
  readonly foundUtcMs: number | null;
}

/** Which moment is shown at `nowUtcMs`, as far as it is known; never one that is still to come. */
export function momentAt(position: RewindPosition, nowUtcMs: number): number {
  return Math.min(nowUtcMs, position.foundUtcMs ?? playedAt(position, nowUtcMs));
}

/** Which moment's picture is due at `nowUtcMs`, whether or not there is one. */
export function playedAt({ momentUtcMs, saidUtcMs, speed }: RewindPosition, nowUtcMs: number): number {
  return Math.min(nowUtcMs, momentUtcMs + speed * Math.max(0, nowUtcMs - saidUtcMs));
}

/**
 * The position after its window has told which moment is on the glass for it: memory does not reach as far back as was asked for, it was stepped by pictures, or it goes on and
 * that picture `waits` for the next one. What stands keeps what was asked for, so that further steps count from there; what goes on goes on from a later picture than was asked
 * for, and comes to its moment by itself behind an earlier one.
 */
export function foundPosition(present: RewindPosition, shownUtcMs: number, waits: boolean, nowUtcMs: number): RewindPosition {
  const found = Math.max(nowUtcMs - mostBackMs, Math.min(nowUtcMs, shownUtcMs));
  if (present.speed === 0 || waits) return { ...present, foundUtcMs: found };
  if (found <= playedAt(present, nowUtcMs) + nearMs) return { ...present, foundUtcMs: null };
  return { ...present, momentUtcMs: found, saidUtcMs: nowUtcMs, steps: 0, foundUtcMs: null };
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
      if (what.speed === 0 && present.speed === 0) return present;
      // What goes on over a gap is as far through it as it was.
      if (what.speed > 0 && present.speed > 0)
        return { ...placed(playedAt(present, nowUtcMs), nowUtcMs, what.speed), foundUtcMs: present.foundUtcMs };
      // From the picture that is shown, not from the one it was counted from.
      return placed(shown, nowUtcMs, what.speed);
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
