import { keyPage } from '../../../core/evidence/key-page.ts';
import { chooseTarget } from '../../media/file-target.ts';
import { say } from '../../ui/notice.ts';
import type { EvidenceClient } from './evidence-client.ts';

/** Saves the public half of a key that signs, as a file for others' tools or as a page to print. Rejects only with an inner fault. */
export async function saveKey(client: Pick<EvidenceClient, 'call'>, whose: 'centre' | 'seat', as: 'pem' | 'page'): Promise<void> {
  const { key } = await client.call('evidence.key', { whose });
  if (key === null) return say((t) => t('evidence-refusal.no-key'), 'danger');
  const [name, type] =
    as === 'pem' ? [`deedban-${fileOf[whose]}.pem`, 'application/x-pem-file'] : [`deedban-${fileOf[whose]}.html`, 'text/html'];
  const target = await chooseTarget(name, type).catch(() => null);
  if (target === null) return;
  try {
    await target.write(new TextEncoder().encode(as === 'pem' ? key.pem : keyPage(key)));
    await target.close();
    say((t) => t('evidence.key-saved', { words: key.words }));
  } catch {
    await target.abort().catch(() => {});
    say((t) => t('evidence.key-not-saved'), 'danger');
  }
}

const fileOf = { centre: 'public-key', seat: 'seat-public-key' } as const;
