import { byPath } from '../../../core/evidence/bag-text.ts';
import { type Clip, clipBytes, clipGaps } from '../../../core/evidence/clip.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { Vault } from '../../ports/vault.ts';
import type { BundlePart } from './seal-bundle.ts';
import { howToVerify } from './how-to-verify.ts';

/** What goes into an incident's bundle: its masters as they were secured, and what is known of them. */
export function bundleParts(incident: Incident, clips: readonly Clip[], vault: Vault): readonly BundlePart[] {
  const masters = clips.filter(({ life, fragments }) => life.state !== 'deleted' && fragments.length > 0);
  return [
    textPart('incident.json', json(incident)),
    // Also of clips whose pictures are gone: that they were deleted, by whom and why, is a part of the story.
    textPart('custody.json', json(clips.map((clip) => ({ ...clip, gaps: clipGaps(clip) })))),
    textPart('how-to-verify.txt', howToVerify),
    ...masters.map((clip) => masterPart(clip, vault)),
  ].toSorted((a, b) => byPath(a.path, b.path));
}

function masterPart(clip: Clip, vault: Vault): BundlePart {
  return {
    path: `clips/${clip.camera}/${clip.id}.mp4`,
    sizeBytes: clipBytes(clip),
    async *read() {
      for (const { digest, index } of clip.fragments) {
        const content = await vault.get(digest);
        if (content === null)
          throw new StoreProblem(
            'damaged',
            `Piece ${index} of the clip of camera ${clip.camera} is missing on the disk. Nothing was sealed.`,
          );
        yield* content;
      }
    },
  };
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
