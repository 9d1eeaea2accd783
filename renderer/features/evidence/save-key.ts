import { keyPage } from '../../../core/evidence/key-page.ts';
import { saveText } from '../../media/save-file.ts';
import { say } from '../../ui/notice.ts';
import { sayNotSaved } from '../../ui/say-saved.ts';
import type { EvidenceClient } from './evidence-client.ts';

/** Saves the public half of a key that signs, as a file for others' tools or as a page to print. Rejects only with an inner fault. */
export async function saveKey(client: EvidenceClient, whose: 'centre' | 'seat', as: 'pem' | 'page'): Promise<void> {
  const { key } = await client.call('evidence.key', { whose });
  if (key === null) return say((t) => t('evidence-refusal.no-key'), 'danger');
  const outcome = await saveText(
    client,
    as === 'pem'
      ? { fileName: `deedban-${fileOf[whose]}.pem`, type: 'application/x-pem-file', text: key.pem }
      : { fileName: `deedban-${fileOf[whose]}.html`, type: 'text/html', text: keyPage(key) },
  );
  if (outcome === 'saved') say((t) => t('evidence.key-saved', { words: key.words }));
  if (outcome === 'failed') say((t) => t('evidence.key-not-saved'), 'danger');
  sayNotSaved(outcome);
}

const fileOf = { centre: 'public-key', seat: 'seat-public-key' } as const;
