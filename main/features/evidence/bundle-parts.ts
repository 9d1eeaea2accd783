import { byPath } from '../../../core/evidence/bag-text.ts';
import { clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import { attachedFiles } from './attached-files.ts';
import type { BundleStory, StoriedClip } from './bundle-story.ts';
import { certificatePage } from './certificate-page.ts';
import { clipContent, clipDigest } from './clip-content.ts';
import { howToVerify } from './how-to-verify.ts';
import { indexPage } from './index-page.ts';
import type { BundlePart } from './seal-bundle.ts';

/** What is told of a bundle beside what can be read from the clips and stills themselves. */
export type BundleFacts = Omit<BundleStory, 'masters' | 'stills' | 'papers' | 'goneFiles'>;

/**
 * What goes into an incident's bundle: its masters as they were secured, and what is known of them. Every master is read and compared with what was secured. Rejects with
 * `StoreProblem` (`damaged`).
 */
export async function bundleParts(facts: BundleFacts, vault: Vault): Promise<readonly BundlePart[]> {
  const { incident, clips, cameras, custody } = facts;
  const masters: StoriedClip[] = [];
  for (const clip of clips) {
    if (clip.life.state === 'deleted' || clip.fragments.length === 0) continue;
    masters.push({ clip, path: `clips/${clip.camera}/${clip.id}.mp4`, sha256: await clipDigest(clip, vault) });
  }
  const files = await attachedFiles(incident, vault);
  const story: BundleStory = { ...facts, masters, ...files };
  return [
    textPart('incident.json', json(incident)),
    textPart('cameras.json', json(cameras)),
    // Also of clips whose pictures are gone: that they were deleted, by whom and why, is a part of the story.
    textPart(
      'custody.json',
      json({ clips: clips.map((clip) => ({ ...clip, gaps: clipGaps(clip) })), secured: facts.secured, log: custody }),
    ),
    textPart('how-to-verify.txt', howToVerify),
    ...(story.font === null ? [] : [textPart('font-licence.txt', story.font.licence)]),
    textPart('index.html', indexPage(story)),
    textPart('certificate.html', certificatePage(story)),
    ...masters.map(({ clip, path }): BundlePart => ({ path, sizeBytes: clipBytes(clip), read: () => clipContent(clip, vault) })),
    ...[...files.stills, ...files.papers].map(
      ({ path, sizeBytes, sha256 }): BundlePart => ({ path, sizeBytes, read: () => fileContent(vault, sha256) }),
    ),
  ].toSorted((a, b) => byPath(a.path, b.path));
}

async function* fileContent(vault: Vault, digest: string): AsyncGenerator<Uint8Array> {
  const content = await vault.get(digest);
  if (content === null) throw new StoreProblem('damaged', 'A file of this incident is missing on the disk. Nothing was sealed.');
  yield* content;
}

function textPart(path: string, text: string): BundlePart {
  const bytes = Buffer.from(text, 'utf8');
  return {
    path,
    sizeBytes: bytes.length,
    async *read() {
      yield bytes;
    },
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
