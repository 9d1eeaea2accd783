import type { TFunction } from 'i18next';
import type { Verdict } from '../../../core/streams/verdict.ts';

/** Why a tile is not simply live, in a sentence that names the hop at fault; empty where there is nothing to say. */
export function sayReason(t: TFunction, { word, hop, why }: Pick<Verdict, 'word' | 'hop' | 'why'>): string {
  if (why !== null) return t(`problem.${why}`);
  switch (word) {
    case 'late':
      return t(hop === 'this-pc' ? 'because.late-this-pc' : 'because.late');
    case 'frozen':
      return t('because.frozen');
    case 'slate':
      return t('because.slate');
    case 'stalled':
      if (hop === 'this-pc') return t('because.stalled-this-pc');
      if (hop === 'decoder') return t('because.stalled-decoder');
      return t(hop === 'network' ? 'problem.link-cut' : 'problem.none');
    default:
      return '';
  }
}
