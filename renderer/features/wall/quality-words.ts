import type { TFunction } from 'i18next';
import { type TileQuality, whyOf } from '../../../core/streams/quality.ts';

/** Why a tile does not show all of its camera's best stream, in a sentence; empty where it does. */
export function sayQuality(t: TFunction, quality: Pick<TileQuality, 'gait' | 'reason'>): string {
  const why = whyOf(quality);
  return why === null ? '' : t(`quality-why.${why}`);
}
