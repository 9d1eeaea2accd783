import type { camerasRefusals } from '../../../core/cameras/cameras.contract.ts';
import { say } from '../../ui/notice.ts';

/** Says why main did not do something with the directory; nothing where it did. Returns whether it did. */
export function sayRefusal(refusal: (typeof camerasRefusals)[number] | null): boolean {
  if (refusal === null) return true;
  say((t) => t(`cameras-refusal.${refusal}`), 'attention');
  return false;
}
