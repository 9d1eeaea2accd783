import { expect, it, onTestFinished } from 'vitest';
import type { CustodyRecord } from '../../core/evidence/custody.ts';
import { securedOrigin } from '../../core/evidence/secured-origin.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { PictureOrigin } from '../../core/streams/picture-origin.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';
import { bundleParts } from '../../main/features/evidence/bundle-parts.ts';
import { noteOrigins } from '../../main/features/evidence/origin-notes.ts';
import { camera } from '../incidents/incident-set-up.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { clipId, factsOf, openShelf, pieceOf } from './clip-set-up.ts';

const a = camera('pes-1');
const asSent: PictureOrigin = { encodedFrom: null, parameterSets: ['6742e01f80', '6880'] };
const ofJpeg: PictureOrigin = { encodedFrom: 'jpeg', parameterSets: [] };
const live = (origin?: PictureOrigin): SourceFact => ({
  ...{ camera: a, stream: 'sub' },
  source: { state: 'live', sinceUtcMs: 1, codec: 'h264', ...(origin && { origin }) },
});
const line = (origin: PictureOrigin): CustodyRecord => ({
  ...({ what: 'origin', incident: 1, camera: a, stream: 'sub', codec: 'h264', utcMs: 5 } as const),
  origin,
});

it('how a camera’s pictures are made is noted while they are secured, and again only when that changes', () => {
  const sources = createCell<readonly SourceFact[]>([live(asSent)]);
  const tasks = createCell<readonly { incident: number; camera: typeof a }[]>([]);
  const lines: CustodyRecord[] = [];
  onTestFinished(noteOrigins({ sources, tasks, utcMs: () => 5, write: (record) => void lines.push(record) }));
  expect(lines).toEqual([]);
  tasks.set([{ incident: 1, camera: a }]);
  sources.set([{ ...live(asSent), camera: camera('pes-2') }, live({ ...asSent })]);
  expect(lines).toEqual([line(asSent)]);
  sources.set([live()]);
  sources.set([live(ofJpeg)]);
  expect(lines).toEqual([line(asSent), line(ofJpeg)]);
  tasks.set([]);
  sources.set([live(asSent)]);
  expect(lines).toHaveLength(2);
});

it.each([
  [[], 'unknown'],
  [[line(asSent)], 'as-sent'],
  [[line(asSent), line(ofJpeg), line(asSent)], 'jpeg'],
  [
    [
      { ...line(ofJpeg), camera: camera('pes-2') },
      { ...line(ofJpeg), stream: 'main' },
    ],
    'unknown',
  ],
] as const)('of a stream it is said that it is encoded anew where it ever was (%#)', (log, origin) => {
  expect(
    securedOrigin(
      log.filter((each) => each.what === 'origin'),
      a,
      'sub',
    ),
  ).toBe(origin);
});

it.each([
  [[], 'it is not known whether a server between', 'یہ معلوم نہیں'],
  [[line(asSent)], 'encoded by the camera, and not encoded anew', 'کیمرے نے انکوڈ کیا'],
  [[line(ofJpeg)], 'the camera sends JPEG, and this program’s gateway made H.264 of it', '<bdi>JPEG</bdi> بھیجتا ہے'],
] as const)('no page of a bundle says of pictures what they are not (%#)', async (custody, english, urdu) => {
  const shelf = await openShelf(temporaryFolder(), createFakeClock());
  onTestFinished(() => shelf.close());
  await shelf.secure(pieceOf(1, 0));
  await shelf.end(clipId(1), 'ended');
  const parts = await bundleParts({ ...factsOf(shelf.ofIncident(1)), custody }, shelf.vault);
  const text = async (path: string) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of parts.find((part) => part.path === path)?.read() ?? []) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  };
  const [index, certificate, list] = [await text('index.html'), await text('certificate.html'), await text('incident.json')];
  for (const page of [index, certificate, list]) expect(page).toContain(english);
  expect(certificate).toContain(urdu);
  const isOwn = english.startsWith('encoded by the camera');
  for (const page of [index, certificate, list]) expect(page.includes('and not encoded anew')).toBe(isOwn);
  // What the camera sent is beside what the window got.
  for (const set of isOwn ? asSent.parameterSets : []) expect(index).toContain(set);
});
