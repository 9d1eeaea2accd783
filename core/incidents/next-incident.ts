import type { CameraId } from '../cameras/camera.ts';
import { type Incident, incidentBounds } from './incident.ts';
import type { Flag, IncidentDeed } from './incident-deed.ts';
import { type LifeMove, nextLife } from './incident-life.ts';
import type { IncidentChange } from './incident-change.ts';
import { beginProcedure, nextProcedure, seenProcedure } from './procedure.ts';

/** A second flag on the same camera within so long joins the first, in milliseconds. */
export const joinWithinMs = 10_000;

export const incidentRefusals = [
  'no-such-incident',
  'not-now',
  'too-late',
  'not-yours',
  'not-allowed',
  'already',
  /** Somebody else has changed it meanwhile. */
  'changed',
  'too-many',
  'out-of-order',
  'reason-needed',
  'no-procedure',
  'no-such-seat',
  'withdrawn',
  /** The camera that was flagged is what the incident is about. */
  'flagged-camera',
  /** What was secured of its cameras is no mistake of a person, and stays. */
  'secured',
  /** Of a locked incident nothing is taken back. */
  'locked',
  'not-saved',
] as const;
export type IncidentRefusal = (typeof incidentRefusals)[number];

/** Who does it, and when. */
export interface DoneBy {
  readonly seat: number;
  readonly utcMs: number;
}

export function firstIncident(number: number, flag: Flag, { seat, utcMs }: DoneBy): Incident {
  const { camera, category, severity, place, shownUtcMs } = flag;
  const by = { utcMs, bySeat: seat };
  return {
    number,
    flagged: { ...by, shownUtcMs },
    category,
    severity,
    place,
    cameras: [{ camera, ...by }],
    life: { state: 'open', sinceUtcMs: utcMs, bySeat: seat, reopened: false },
    ownerSeat: null,
    assigned: null,
    notes: [],
    links: [],
    attachments: [],
    procedure: null,
    locked: false,
    flaggedAgain: 0,
    moves: [{ ...by, to: 'open', words: null }],
    changes: [],
  };
}

/** Whether a flag on this camera belongs to an incident that is there already. */
export function joinsIncident(incident: Incident, camera: string, utcMs: number): boolean {
  const agoMs = utcMs - incident.flagged.utcMs;
  const isOfCamera = incident.cameras.some((each) => each.camera === camera);
  return isOfCamera && agoMs >= 0 && agoMs <= joinWithinMs && incident.life.state !== 'withdrawn';
}

/** The incident after a deed, or why it cannot be done. The same for a deed that is new and for one that is read again from the Journal. */
export function nextIncident(incident: Incident, deed: IncidentDeed, { seat, utcMs }: DoneBy): Incident | IncidentRefusal {
  if (incident.life.state === 'withdrawn') return 'withdrawn';
  const by = { utcMs, bySeat: seat };
  switch (deed.do) {
    case 'own':
      if (deed.was !== undefined && deed.was !== incident.ownerSeat) return 'changed';
      return changed({ ...incident, ownerSeat: deed.seat }, { ...by, what: 'owner', seat: deed.seat });
    case 'assign':
      if (deed.was !== undefined && deed.was !== incident.assigned) return 'changed';
      return changed({ ...incident, assigned: deed.to }, { ...by, what: 'assigned', to: deed.to });
    case 'note':
      return grown(incident, 'notes', { ...by, text: deed.text });
    case 'link':
      if (deed.to === incident.number || incident.links.includes(deed.to)) return 'already';
      return changed(grown(incident, 'links', deed.to), { ...by, what: 'linked', to: deed.to });
    case 'unlink':
      if (!incident.links.includes(deed.to)) return 'already';
      return changed(
        { ...incident, links: incident.links.filter((number) => number !== deed.to) },
        { ...by, what: 'unlinked', to: deed.to },
      );
    case 'attach': {
      const { do: _attach, ...file } = deed;
      return grown(incident, 'attachments', { ...by, ...file });
    }
    case 'join':
      return joined(incident, deed.camera, deed.again, by);
    case 'classify': {
      const { category, severity, was } = deed;
      if (was && (was.category !== incident.category || was.severity !== incident.severity)) return 'changed';
      return changed({ ...incident, category, severity }, { ...by, what: 'classified', category, severity });
    }
    case 'follow':
      if (incident.procedure !== null) return 'already';
      return changed(
        { ...incident, procedure: beginProcedure(deed.procedure) },
        { ...by, what: 'followed', name: deed.procedure.name },
      );
    case 'step': {
      if (incident.procedure === null) return 'no-procedure';
      const procedure = nextProcedure(incident.procedure, deed.step, { ...by, skip: deed.skip, reason: deed.reason });
      return typeof procedure === 'string' ? procedure : { ...incident, procedure };
    }
    case 'see-skip': {
      if (incident.procedure === null) return 'no-procedure';
      const procedure = seenProcedure(incident.procedure, deed.step, by);
      return typeof procedure === 'string' ? procedure : { ...incident, procedure };
    }
    case 'part': {
      const joined = incident.cameras.find(({ camera }) => camera === deed.camera);
      if (!joined) return 'already';
      if (joined === incident.cameras[0]) return 'flagged-camera';
      if (incident.locked) return 'locked';
      const { camera, utcMs: cameUtcMs, bySeat } = joined;
      return changed(
        { ...incident, cameras: incident.cameras.filter((each) => each !== joined) },
        { ...by, what: 'camera-off', camera, came: { utcMs: cameUtcMs, bySeat }, reason: deed.reason },
      );
    }
    case 'detach': {
      const same = incident.attachments.filter(({ digest }) => digest === deed.digest);
      const attached = same.find(({ secured }) => !secured);
      if (!attached) return same.length > 0 ? 'secured' : 'already';
      if (incident.locked) return 'locked';
      const { name, digest, utcMs: cameUtcMs, bySeat } = attached;
      return changed(
        { ...incident, attachments: incident.attachments.filter((each) => each !== attached) },
        { ...by, what: 'file-off', name, digest, came: { utcMs: cameUtcMs, bySeat }, reason: deed.reason },
      );
    }
    case 'lock':
      if (incident.locked === deed.locked) return 'already';
      return changed({ ...incident, locked: deed.locked }, { ...by, what: 'locked', locked: deed.locked });
    default: {
      const life = nextLife(incident.life, deed, { seat, utcMs });
      if (typeof life === 'string') return life;
      const moved = grown(incident, 'moves', { ...by, to: life.state, words: wordsOf(deed) });
      return typeof moved === 'string' ? moved : { ...moved, life };
    }
  }
}

/** All incidents that a deed changes, the one it is done with first: a link is on both pages. `other` is the one it names, where there is one. */
export function nextIncidents(
  incident: Incident,
  other: Incident | undefined,
  deed: IncidentDeed,
  by: DoneBy,
): readonly Incident[] | IncidentRefusal {
  const first = nextIncident(incident, deed, by);
  if (typeof first === 'string') return first;
  if (deed.do !== 'link' && deed.do !== 'unlink') return [first];
  if (other === undefined) return 'no-such-incident';
  const second = nextIncident(other, { do: deed.do, to: incident.number }, by);
  if (typeof second !== 'string') return [first, second];
  // Of one that is gone, or was linked from one side only, the link can be taken off all the same.
  return deed.do === 'unlink' ? [first] : second;
}

function wordsOf(move: LifeMove): string | null {
  return move.do === 'resolve' ? move.outcome : move.do === 'reopen' ? move.reason : null;
}

function changed(incident: Incident | IncidentRefusal, change: IncidentChange): Incident | IncidentRefusal {
  return typeof incident === 'string' ? incident : grown(incident, 'changes', change);
}

function joined(
  incident: Incident,
  camera: CameraId,
  again: boolean,
  by: { utcMs: number; bySeat: number },
): Incident | IncidentRefusal {
  const isThere = incident.cameras.some((each) => each.camera === camera);
  if (isThere && !again) return 'already';
  const flaggedAgain = incident.flaggedAgain + (again ? 1 : 0);
  if (isThere) {
    const counted = { ...incident, flaggedAgain };
    const named = changed(counted, { ...by, what: 'flagged-again' });
    // A flag is never refused for want of room to say so.
    return named === 'too-many' ? counted : named;
  }
  const more = grown(incident, 'cameras', { camera, ...by });
  return typeof more === 'string' ? more : { ...more, flaggedAgain };
}

/** With one more in a list that has a bound. */
function grown<K extends keyof typeof incidentBounds>(
  incident: Incident,
  list: K,
  item: Incident[K][number],
): Incident | 'too-many' {
  const present: readonly Incident[K][number][] = incident[list];
  return present.length < incidentBounds[list] ? { ...incident, [list]: [...present, item] } : 'too-many';
}
