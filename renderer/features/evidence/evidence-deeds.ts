import { say } from '../../ui/notice.ts';
import type { EvidenceClient } from './evidence-client.ts';

/** Ends what is secured of an incident and seals it; says what came of it. */
export async function sealIncident(client: Pick<EvidenceClient, 'call'>, number: number, withCopies: boolean): Promise<void> {
  const { refusal, file, timeStamped, copiesFailed } = await client.call('evidence.seal', { incident: number, withCopies });
  if (refusal !== null || file === null) return say((t) => t(`evidence-refusal.${refusal ?? 'not-saved'}`), 'danger');
  if (copiesFailed > 0) say((t) => t('evidence.copies-failed', { number, count: copiesFailed }), 'attention');
  if (timeStamped === false) return say((t) => t('evidence.sealed-unstamped', { number, file }), 'attention');
  say((t) => t('evidence.sealed', { number, file }));
}

/** Signs a bundle a second time with this seat's key; says what came of it. */
export async function countersign(client: Pick<EvidenceClient, 'call'>, file: string): Promise<void> {
  const { refusal } = await client.call('evidence.countersign', { file });
  if (refusal !== null) return say((t) => t(`countersign-refusal.${refusal}`), 'danger');
  say((t) => t('evidence.countersigned', { file }));
}

/** Deletes a clip; says why where it was not. */
export async function deleteClip(client: Pick<EvidenceClient, 'call'>, clip: string, reason: string): Promise<void> {
  const { outcome } = await client.call('evidence.delete', { clip, reason });
  if (outcome !== 'deleted') say((t) => t(`evidence.delete-${outcome}`), 'attention');
}

/** Deletes a sealed bundle; says why where it was not. */
export async function deleteBundle(client: Pick<EvidenceClient, 'call'>, file: string, reason: string): Promise<void> {
  const { outcome } = await client.call('evidence.delete-bundle', { file, reason });
  if (outcome !== 'deleted') say((t) => t(`evidence.delete-${outcome}`), 'attention');
}
