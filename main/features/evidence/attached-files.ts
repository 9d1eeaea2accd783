import { endingOf } from '../../../core/incidents/attachment.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { Vault } from '../../ports/vault.ts';
import type { GoneFile, StoriedFile } from './bundle-story.ts';

const pictures = new Set(['png', 'jpg', 'jpeg']);

/**
 * What was attached to an incident, each content once: pictures, all others, and what is not there any more. Their paths say nothing that a person chose but the
 * ending.
 */
export async function attachedFiles(
  { attachments }: Incident,
  vault: Pick<Vault, 'has'>,
): Promise<{
  readonly stills: readonly StoriedFile[];
  readonly papers: readonly StoriedFile[];
  readonly goneFiles: readonly GoneFile[];
}> {
  const stills: StoriedFile[] = [];
  const papers: StoriedFile[] = [];
  const goneFiles: GoneFile[] = [];
  const taken = new Set<string>();
  for (const { name, digest, sizeBytes, utcMs, bySeat } of attachments) {
    if (taken.has(digest)) continue;
    taken.add(digest);
    if (!(await vault.has(digest))) {
      goneFiles.push({ name, sha256: digest, utcMs, bySeat });
      continue;
    }
    const ending = endingOf(name);
    const isPicture = pictures.has(ending);
    const path = `${isPicture ? 'stills' : 'files'}/${digest.slice(0, 16)}${ending === '' ? '' : `.${ending}`}`;
    (isPicture ? stills : papers).push({ path, name, sha256: digest, sizeBytes, utcMs, bySeat });
  }
  return { stills, papers, goneFiles };
}
