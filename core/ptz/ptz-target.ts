import type { Camera } from '../cameras/camera.ts';
import type { ShownTile } from '../wall/tile-content.ts';
import type { TilePlace } from '../wall/wall-change.ts';
import type { PtzAbilities } from './abilities.ts';
import type { LensFact } from './lens.ts';
import type { AbilityFact, LeaseFact, PtzRefusal, PtzTrouble } from './ptz.contract.ts';

/** The selected tile's camera where that is one to steer, and all that is known of steering it. */
export interface PtzTarget {
  readonly camera: Camera;
  readonly at: TilePlace;
  /** The tile enlarges a part of the picture: a hand on it moves that part, and not the camera. */
  readonly enlarged: boolean;
  /** Null: not known (yet); then nothing is offered. */
  readonly abilities: PtzAbilities | null;
  /** What its speeds and boxes are reckoned with; null as `abilities`. */
  readonly lens: LensFact | null;
  /** Why its abilities could not be read. */
  readonly failure: PtzRefusal | null;
  readonly lease: LeaseFact | null;
  /** This seat holds it. */
  readonly mine: boolean;
  readonly trouble: PtzTrouble | null;
}

export interface PtzFacts {
  readonly selection: TilePlace | null;
  readonly tile: ShownTile | null;
  readonly cameras: readonly Camera[];
  readonly seat: number | null;
  readonly leases: readonly LeaseFact[];
  readonly abilities: readonly AbilityFact[];
  readonly troubles: readonly PtzTrouble[];
  /** A camera that main did not even ask, and why. */
  readonly unasked: { readonly camera: string; readonly refusal: PtzRefusal } | null;
}

/** What a seat's steering acts on; null where no tile is selected, or its camera stands still by nature. */
export function ptzTarget(facts: PtzFacts): PtzTarget | null {
  const { selection, tile } = facts;
  const content = tile?.content;
  if (selection === null || tile === null || content?.kind !== 'camera') return null;
  const camera = facts.cameras.find(({ id }) => id === content.camera);
  if (camera?.kind !== 'ptz') return null;
  const of = <T extends { readonly camera: string }>(list: readonly T[]): T | null =>
    list.find((each) => each.camera === camera.id) ?? null;
  const fact = of(facts.abilities);
  const lease = of(facts.leases);
  const unasked = facts.unasked?.camera === camera.id ? facts.unasked.refusal : null;
  return {
    camera,
    at: selection,
    enlarged: tile.zoom !== null,
    abilities: fact?.state === 'known' ? fact.abilities : null,
    lens: fact?.state === 'known' ? fact.lens : null,
    failure: fact?.state === 'failed' ? fact.problem : fact === null ? unasked : null,
    lease,
    mine: lease !== null && lease.by.seat === facts.seat,
    trouble: of(facts.troubles),
  };
}
