import type { CameraId, StreamName } from '../cameras/camera.ts';

/** How much of a tile's stream is decoded: every picture, key pictures only, or one picture now and then. */
export const qualityGaits = ['full', 'keys', 'still'] as const;
export type QualityGait = (typeof qualityGaits)[number];

/** Why a tile does not show all of its camera's best stream. */
export const qualityReasons = [
  /** The smaller stream is at least as large as the tile. */
  'small',
  /** This PC has no decoder for the larger stream. */
  'no-decoder',
  /** The settings allow so many large streams in a window and no more. */
  'most-high',
  /** The settings allow so many streams to be decoded whole in a window and no more. */
  'most-full',
  /** The settings allow so much bandwidth in a window and no more. */
  'bandwidth',
  /** This PC cannot decode more. */
  'decode',
  /** The larger stream was asked for and does not come. */
  'absent',
] as const;
export type QualityReason = (typeof qualityReasons)[number];

/** What a tile gets. */
export interface TileQuality {
  readonly stream: StreamName;
  readonly gait: QualityGait;
  /** Null where it is the best there is. */
  readonly reason: QualityReason | null;
}

/** In physical pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What is known of one of a camera's streams; null where it was never seen. */
export interface StreamRate {
  readonly size: PictureSize | null;
  /** Pictures a second. */
  readonly fps: number | null;
  readonly kbps: number | null;
}

/** A tile that shows a camera. */
export interface QualityTile {
  /** Its place on the display, from 0. */
  readonly tile: number;
  readonly camera: CameraId;
  readonly streams: readonly StreamName[];
  readonly rates: Readonly<Partial<Record<StreamName, StreamRate>>>;
  /** What it is drawn in; null before that was measured. */
  readonly box: PictureSize | null;
  /** 0: like any other; the higher, the later it steps down. From `neverBelowSub` on no picture of it is ever left out. */
  readonly importance: number;
  /** Full screen or enlarged by hand: the best there is, at once. */
  readonly best: boolean;
  /** Somebody can see it; what nobody sees costs nothing and keeps what it has. */
  readonly seen: boolean;
  /** Its streams that this PC was found to have no decoder for. */
  readonly unable: readonly StreamName[];
}

/** `incident`: of an open one. There may be dozens, so that they step down, too: last of all that may. */
export const importances = { plain: 0, incident: 1, pinned: 2, steered: 3, selected: 4, whole: 5 } as const;
export const neverBelowSub = importances.pinned;

/** What speaks for a tile. */
export type TileClaim = Exclude<keyof typeof importances, 'plain'>;

/** How important a tile is: by the strongest of what speaks for it. */
export const tileImportance = (claims: Readonly<Record<TileClaim, boolean>>): number =>
  Math.max(importances.plain, ...tileClaims.map((claim) => (claims[claim] ? importances[claim] : importances.plain)));
const tileClaims = ['incident', 'pinned', 'steered', 'selected', 'whole'] as const satisfies readonly TileClaim[];

/** That something had to step down is said on the tile; that a small tile shows a small stream is as it should be. */
export const isSteppedDown = ({ gait, reason }: Pick<TileQuality, 'gait' | 'reason'>): boolean =>
  gait !== 'full' || (reason !== null && reason !== 'small');

/** Which sentence says why a tile does not show all of its camera's best stream; null where it does. */
export function whyOf({
  gait,
  reason,
}: Pick<TileQuality, 'gait' | 'reason'>): QualityReason | 'decode-keys' | 'decode-still' | null {
  if (reason === null || gait === 'full' || reason === 'most-full') return reason;
  return gait === 'keys' ? 'decode-keys' : 'decode-still';
}

/** How many tiles of a wall were stepped down, for each reason that there is. */
export function steppedDown(tiles: readonly Pick<TileQuality, 'gait' | 'reason'>[]): Partial<Record<QualityReason, number>> {
  const counts: Partial<Record<QualityReason, number>> = {};
  for (const { gait, reason } of tiles) {
    if (reason !== null && isSteppedDown({ gait, reason })) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
