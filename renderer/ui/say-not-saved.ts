import { say } from './notice.ts';

/** Says why a file is not where it was to go, where that is the place's fault; else nothing. */
export function sayNotSaved(outcome: string): void {
  if (outcome === 'full' || outcome === 'not-writable' || outcome === 'too-large')
    say((t) => t(`not-saved-there.${outcome}`), 'danger');
}
