import { endingOf } from '../../../core/incidents/attachment.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { Vault } from '../../ports/vault.ts';
import type { StoriedFile } from './bundle-story.ts';

const pictures = new Set(['png', 'jpg', 'jpeg']);

/** What was attached to an incident and is still there, each content once: pictures, and all others. Their paths say nothing that a person chose but the ending. */
export async function attachedFiles(
  { attachments }: Incident,
  vault: Pick<Vault, 'has'>,
): Promise<{ readonly stills: readonly StoriedFile[]; readonly papers: readonly StoriedFile[] }> {
  const stills: StoriedFile[] = [];
  const papers: StoriedFile[] = [];
  const taken = new Set<string>();
  for (const { name, digest, sizeBytes, utcMs, bySeat } of attachments) {
    if (taken.has(digest) || !(await vault.has(digest))) continue;
    taken.add(digest);
    const ending = endingOf(name);
    const isPicture = pictures.has(ending);
    const path = `${isPicture ? 'stills' : 'files'}/${digest.slice(0, 16)}${ending === '' ? '' : `.${ending}`}`;
    (isPicture ? stills : papers).push({ path, name, sha256: digest, sizeBytes, utcMs, bySeat });
  }
  return { stills, papers };
}
