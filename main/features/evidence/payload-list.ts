import { securedOrigin } from '../../../core/evidence/secured-origin.ts';
import { type BundleStory, copyLabel, originText } from './bundle-story.ts';

/** A file of a bundle's payload, as `incident.json` names it. */
export interface NamedFile {
  /** Below `data/`. */
  readonly path: string;
  readonly what: string;
  /** What it was made from: other files of the payload, or what it is a copy of. */
  readonly from: readonly string[];
}

/** Everything that the manifests list below `data/` but `incident.json`, which says it: what each is, and what it was made from. */
export function payloadList(story: BundleStory): readonly NamedFile[] {
  const { masters, stills, papers, font, custody } = story;
  const told = ['incident.json', 'cameras.json', 'custody.json'];
  const shown = [
    ...masters.map(({ path, copy }) => copy?.path ?? path),
    ...stills.map(({ path }) => path),
    ...papers.map(({ path }) => path),
  ];
  return [
    { path: 'cameras.json', what: 'what the directory knew of the cameras', from: [] },
    { path: 'custody.json', what: 'what was secured, and what happened to it', from: [] },
    { path: 'how-to-verify.txt', what: 'how to check this without Deedban', from: [] },
    { path: 'index.html', what: 'a page to read and play all of it', from: [...told, ...shown] },
    { path: 'certificate.html', what: 'a form to sign', from: [...told, ...masters.map(({ path }) => path)] },
    ...(font === null ? [] : [{ path: 'font-licence.txt', what: 'the licence of the letters that both pages bring', from: [] }]),
    ...masters.map(({ clip, path }) => ({
      path,
      what: 'master',
      from: [`${clip.stream} stream of camera ${clip.camera}`, originText(securedOrigin(custody, clip.camera, clip.stream))],
    })),
    ...masters.flatMap(({ path, copy }) => (copy === null ? [] : [{ path: copy.path, what: copyLabel, from: [path] }])),
    ...stills.map(({ path, name, sha256 }) => ({ path, what: 'still', from: [attachmentText(name, sha256)] })),
    ...papers.map(({ path, name, sha256 }) => ({ path, what: 'attached file', from: [attachmentText(name, sha256)] })),
  ];
}

const attachmentText = (name: string, sha256: string): string => `attachment ${name} (SHA-256 ${sha256})`;
