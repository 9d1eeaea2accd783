import { createDice, hash } from './noise.ts';
import type { ModelName } from './models.ts';

/** A way that things move along, from its first point to its last. All of it is a function of time: nothing is remembered. */
export interface Lane {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Metres per second. */
  readonly speed: number;
  /** Seconds between two that follow each other, on average. */
  readonly every: number;
  readonly who: readonly ModelName[];
  readonly seed: number;
  /** Where and when it has to stop; `everyS` is the length of the signal's round, in which it is green from…to. */
  readonly stop?: { readonly atM: number; readonly everyS: number; readonly greenS: readonly [from: number, to: number] };
  /** People cross only in this part of a round. */
  readonly during?: { readonly everyS: number; readonly partS: readonly [from: number, to: number] };
}

export interface Mover {
  /** Metres along the lane. */
  readonly at: number;
  /** Who it is, the same as long as it is there. */
  readonly identity: number;
  readonly lane: Lane;
}

const startOffS = 1.2;
const gapS = 2.1;
const acceleration = 1.7;
const braking = 2.6;

/** Everything that is on a lane of this length at a time, in seconds. */
export function moversAt(lane: Lane, lengthM: number, timeS: number): Mover[] {
  if (lane.stop !== undefined) return throughSignal(lane, lane.stop, lengthM, timeS);
  if (lane.during !== undefined) return crossing(lane, lane.during, lengthM, timeS);
  const found: Mover[] = [];
  const last = Math.floor(timeS / lane.every) + 1;
  for (let k = last - Math.ceil(lengthM / lane.speed / lane.every) - 2; k <= last; k += 1) {
    if (hash(lane.seed, k, 5) < 0.12) continue;
    const at =
      (timeS - (k + 0.55 * hash(lane.seed, k, 1)) * lane.every) * lane.speed * (1 + 0.05 * (hash(lane.seed, k, 2) - 0.5));
    if (at >= 0 && at <= lengthM) found.push({ at, identity: k, lane });
  }
  return found;
}

function crossing(lane: Lane, during: NonNullable<Lane['during']>, lengthM: number, timeS: number): Mover[] {
  const found: Mover[] = [];
  const count = Math.max(1, Math.round(during.everyS / lane.every));
  const now = Math.floor(timeS / during.everyS);
  for (const round of [now - 1, now]) {
    for (let j = 0; j < count; j += 1) {
      const identity = round * count + j;
      const start = during.partS[0] + (during.partS[1] - during.partS[0]) * hash(lane.seed, identity, 7);
      const at = (timeS - round * during.everyS - start) * lane.speed * (0.85 + 0.3 * hash(lane.seed, identity, 8));
      if (at >= 0 && at <= lengthM) found.push({ at, identity, lane });
    }
  }
  return found;
}

/** Those who come while it is red queue up and leave one after another when it turns green. */
function throughSignal(lane: Lane, stop: NonNullable<Lane['stop']>, lengthM: number, timeS: number): Mover[] {
  const found: Mover[] = [];
  const { atM, everyS } = stop;
  const [green, end] = stop.greenS;
  const count = Math.max(1, Math.floor(everyS / lane.every));
  const reach = Math.ceil((lengthM / lane.speed + 30) / everyS);
  // A round begins when the signal turns red.
  const shifted = timeS - end;
  const redS = everyS - (end - green);
  const now = Math.floor(shifted / everyS);
  for (let round = now - reach; round <= now + 1; round += 1) {
    const dice = createDice(lane.seed * 1000 + round);
    let lastLeaves = -100;
    let queue = 0;
    for (let j = 0; j < count; j += 1) {
      const arrives = ((j + 0.15 + dice(0, 0.5)) * (everyS - 8)) / count;
      const t = shifted - round * everyS;
      const leaves = Math.max(arrives < redS ? redS + startOffS : arrives, lastLeaves + gapS);
      const waits = leaves - arrives > 0.6;
      // Who would only get to the line when it is red again does not come at all.
      if (leaves + (waits ? rollS(lane.speed, queue * placeM) : 0) > everyS) continue;
      const at = waits ? queued(lane.speed, atM, queue, arrives, leaves, t) : atM + (t - leaves) * lane.speed;
      if (waits) queue += 1;
      else queue = 0;
      lastLeaves = leaves;
      if (at >= 0 && at <= lengthM) found.push({ at, identity: round * count + j, lane });
    }
  }
  return found;
}

const placeM = 7.5;

/** How long somebody who stands takes for a distance. */
function rollS(speed: number, metres: number): number {
  const speedingM = speed ** 2 / (2 * acceleration);
  return metres < speedingM ? Math.sqrt((2 * metres) / acceleration) : speed / acceleration + (metres - speedingM) / speed;
}

function queued(speed: number, lineM: number, place: number, arrives: number, leaves: number, t: number): number {
  const standsAt = lineM - place * placeM;
  const brakeS = speed / braking;
  const brakeM = (speed * brakeS) / 2;
  // Free running would pass the line at `arrives`.
  const brakesAt = arrives - (lineM - standsAt) / speed - brakeM / speed;
  if (t <= brakesAt) return standsAt - brakeM + (t - brakesAt) * speed;
  const b = t - brakesAt;
  if (b < brakeS) return standsAt - brakeM + speed * b - (braking * b * b) / 2;
  if (t <= leaves) return standsAt;
  const a = t - leaves;
  const fullS = speed / acceleration;
  return a < fullS ? standsAt + (acceleration * a * a) / 2 : standsAt + (speed * fullS) / 2 + (a - fullS) * speed;
}

/** What a signal shows to a lane at a time. */
export function signalAt(stop: NonNullable<Lane['stop']>, timeS: number): 'red' | 'amber' | 'green' {
  const t = ((timeS % stop.everyS) + stop.everyS) % stop.everyS;
  if (t < stop.greenS[0] || t >= stop.greenS[1]) return 'red';
  return t >= stop.greenS[1] - 3 ? 'amber' : 'green';
}
