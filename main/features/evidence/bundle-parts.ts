import { byPath } from '../../../core/evidence/bag-text.ts';
import { clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import type { BundleStory, StoriedClip, StoriedStill } from './bundle-story.ts';
import { certificatePage } from './certificate-page.ts';
import { clipContent, clipDigest } from './clip-content.ts';
import { howToVerify } from './how-to-verify.ts';
import { indexPage } from './index-page.ts';
import type { BundlePart } from './seal-bundle.ts';

/** What is told of a bundle beside what can be read from the clips and stills themselves. */
export type BundleFacts = Omit<BundleStory, 'masters' | 'stills'>;

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
  const stills = await stillsOf(incident, vault);
  const story: BundleStory = { ...facts, masters, stills };
  return [
    textPart('incident.json', json(incident)),
    textPart('cameras.json', json(cameras)),
    // Also of clips whose pictures are gone: that they were deleted, by whom and why, is a part of the story.
    textPart(
      'custody.json',
      json({ clips: clips.map((clip) => ({ ...clip, gaps: clipGaps(clip) })), secured: facts.secured, log: custody }),
    ),
    textPart('how-to-verify.txt', howToVerify),
    textPart('index.html', indexPage(story)),
    textPart('certificate.html', certificatePage(story)),
    ...masters.map(({ clip, path }): BundlePart => ({ path, sizeBytes: clipBytes(clip), read: () => clipContent(clip, vault) })),
    ...stills.map(({ path, sizeBytes, sha256 }): BundlePart => ({ path, sizeBytes, read: () => stillContent(vault, sha256) })),
  ].toSorted((a, b) => byPath(a.path, b.path));
}

/** Attachments that are pictures. */
async function stillsOf({ attachments }: Incident, vault: Vault): Promise<readonly StoriedStill[]> {
  const stills: StoriedStill[] = [];
  for (const { name, digest, sizeBytes, utcMs, bySeat } of attachments) {
    if (stills.some(({ sha256 }) => sha256 === digest) || !(await vault.has(digest))) continue;
    const kind = name.endsWith('.jpg') ? 'jpg' : 'png';
    stills.push({ path: `stills/${digest.slice(0, 16)}.${kind}`, name, sha256: digest, sizeBytes, utcMs, bySeat });
  }
  return stills;
}

async function* stillContent(vault: Vault, digest: string): AsyncGenerator<Uint8Array> {
  const content = await vault.get(digest);
  if (content === null) throw new StoreProblem('damaged', 'A still of this incident is missing on the disk. Nothing was sealed.');
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
