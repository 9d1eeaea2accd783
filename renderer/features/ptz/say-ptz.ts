import { mostPtzCameras, type PtzOutcome, type PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import { say } from '../../ui/notice.ts';

/** Says why a camera did not do what was asked; nothing where it did, or something newer took its place. */
export function sayPtz({ refusal, heldBy }: PtzOutcome, number: number): void {
  if (refusal === null || refusal === 'replaced') return;
  if (refusal === 'held') {
    const seat = heldBy?.seat ?? '?';
    return say((t) => t('ptz-refusal.held', { number, seat }), 'attention');
  }
  say((t) => t(`ptz-refusal.${refusal}`, { number, most: mostPtzCameras }), toneOf(refusal));
}

function toneOf(refusal: PtzRefusal): 'attention' | 'danger' {
  return refusal === 'may-be-moving' ? 'danger' : 'attention';
}
