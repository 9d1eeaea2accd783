import type { Camera, SiteKind } from '../../../core/cameras/camera.ts';
import type { VerdictWord } from '../../../core/streams/verdict.ts';

/** What is known now of a camera's picture: only those that somebody watches are known. */
export type CameraCondition = 'live' | 'trouble' | 'unwatched';
export const cameraConditions: readonly CameraCondition[] = ['live', 'trouble', 'unwatched'];

/** How a camera is whose tile says this; null where that says nothing of it. What only goes on, late or frozen, is not live. */
export function conditionOf(word: VerdictWord): Exclude<CameraCondition, 'unwatched'> | null {
  if (word === 'opening' || word === 'unseen' || word === 'none') return null;
  return word === 'live' ? 'live' : 'trouble';
}

/** Which cameras are listed; null lets all pass. */
export interface DirectoryFilter {
  readonly district: string | null;
  readonly siteKind: SiteKind | null;
  readonly condition: CameraCondition | null;
  readonly kind: Camera['kind'] | null;
  readonly tag: string | null;
}
export const noFilter: DirectoryFilter = { district: null, siteKind: null, condition: null, kind: null, tag: null };

/** How many of its parts are set. */
export function filterCount(filter: DirectoryFilter): number {
  return Object.values(filter).filter((part) => part !== null).length;
}

/** Whether a camera passes. `conditions` names those that are watched. */
export function passes(filter: DirectoryFilter, camera: Camera, conditions: ReadonlyMap<string, CameraCondition>): boolean {
  return (
    (filter.district === null || camera.district === filter.district) &&
    (filter.siteKind === null || camera.siteKind === filter.siteKind) &&
    (filter.kind === null || camera.kind === filter.kind) &&
    (filter.tag === null || camera.tags.includes(filter.tag)) &&
    (filter.condition === null || (conditions.get(camera.id) ?? 'unwatched') === filter.condition)
  );
}
