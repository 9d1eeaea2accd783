import { say } from './notice.ts';

/** Says how a copy of `name` ended, in words for any file. */
export function saySaved(outcome: string, name: string): void {
  if (outcome === 'saved') say((t) => t('saving.saved', { name }));
  if (outcome === 'failed' || outcome === 'cancelled') say((t) => t('saving.failed', { name }), 'danger');
  sayNotSaved(outcome);
}

/** Says why a file is not where it was to go, where that is the place's fault; else nothing. */
export function sayNotSaved(outcome: string): void {
  if (outcome === 'full' || outcome === 'not-writable' || outcome === 'too-large')
    say((t) => t(`not-saved-there.${outcome}`), 'danger');
}
