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
