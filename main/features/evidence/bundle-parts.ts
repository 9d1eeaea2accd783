import { byPath } from '../../../core/evidence/bag-text.ts';
import { clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import { attachedFiles } from './attached-files.ts';
import { type BundleStory, copyLabel, type StoriedClip } from './bundle-story.ts';
import { type ClipCopies, noCopies } from './clip-copies.ts';
import { certificatePage } from './certificate-page.ts';
import { clipContent, clipDigest } from './clip-content.ts';
import { isH265 } from './clip-pictures.ts';
import { howToVerify } from './how-to-verify.ts';
import { indexPage } from './index-page.ts';
import { payloadList } from './payload-list.ts';
import type { BundlePart } from './seal-bundle.ts';

/** What is told of a bundle beside what can be read from the clips and stills themselves. */
export type BundleFacts = Omit<BundleStory, 'masters' | 'stills' | 'papers' | 'goneFiles'>;

/**
 * What goes into an incident's bundle: its masters as they were secured, and what is known of them. Every master is read and compared with what was secured. Rejects with
 * `StoreProblem` (`damaged`).
 */
export async function bundleParts(
  facts: BundleFacts,
  vault: Vault,
  copies: ClipCopies['of'] = noCopies.of,
): Promise<readonly BundlePart[]> {
  const { incident, clips, cameras, custody } = facts;
  const masters: StoriedClip[] = [];
  for (const clip of clips) {
    if (clip.life.state === 'deleted' || clip.fragments.length === 0) continue;
    const name = `${clip.camera}/${clip.id}.mp4`;
    const made = copies.get(clip.id);
    const copy = made ? { path: `transcoded-copies/${name}`, sha256: made.sha256, sizeBytes: made.sizeBytes } : null;
    masters.push({ clip, path: `clips/${name}`, sha256: await clipDigest(clip, vault), h265: await isH265(clip, vault), copy });
  }
  const files = await attachedFiles(incident, vault);
  const story: BundleStory = { ...facts, masters, ...files };
  return [
    textPart('incident.json', json({ ...incident, files: payloadList(story) })),
    textPart('cameras.json', json(cameras)),
    // Also of clips whose pictures are gone: that they were deleted, by whom and why, is a part of the story.
    textPart(
      'custody.json',
      json({
        clips: clips.map((clip) => ({ ...clip, gaps: clipGaps(clip) })),
        secured: facts.secured,
        copies: copyLines(masters),
        log: custody,
      }),
    ),
    textPart('how-to-verify.txt', howToVerify),
    ...(story.font === null ? [] : [textPart('font-licence.txt', story.font.licence)]),
    textPart('index.html', indexPage(story)),
    textPart('certificate.html', certificatePage(story)),
    ...masters.map(({ clip, path }): BundlePart => ({ path, sizeBytes: clipBytes(clip), read: () => clipContent(clip, vault) })),
    ...masters.flatMap(({ clip, copy }): BundlePart[] => {
      const made = copies.get(clip.id);
      return copy && made ? [{ path: copy.path, sizeBytes: copy.sizeBytes, read: made.read }] : [];
    }),
    ...[...files.stills, ...files.papers].map(
      ({ path, sizeBytes, sha256 }): BundlePart => ({ path, sizeBytes, read: () => fileContent(vault, sha256) }),
    ),
  ].toSorted((a, b) => byPath(a.path, b.path));
}

const copyLines = (masters: readonly StoriedClip[]) =>
  masters.flatMap(({ path, copy }) =>
    copy === null ? [] : [{ what: copyLabel, path: copy.path, master: path, sha256: copy.sha256 }],
  );

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
