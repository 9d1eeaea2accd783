import { say } from '../../ui/notice.ts';
import type { EvidenceClient } from './evidence-client.ts';

/** Ends what is secured of an incident and seals it; says what came of it. */
export async function sealIncident(client: Pick<EvidenceClient, 'call'>, number: number): Promise<void> {
  const { refusal, file } = await client.call('evidence.seal', { incident: number });
  if (refusal !== null || file === null) return say((t) => t(`evidence-refusal.${refusal ?? 'not-saved'}`), 'danger');
  say((t) => t('evidence.sealed', { number, file }));
}
