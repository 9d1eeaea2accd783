import type { TFunction } from 'i18next';
import type { TileQuality } from '../../../core/streams/quality.ts';

/** Why a tile does not show all of its camera's best stream, in a sentence; empty where it does. */
export function sayQuality(t: TFunction, { gait, reason }: Pick<TileQuality, 'gait' | 'reason'>): string {
  if (reason === null) return '';
  if (gait === 'full') return t(`quality-why.${reason}`);
  return t(gait === 'keys' ? 'quality-why.decode-keys' : 'quality-why.decode-still');
}
