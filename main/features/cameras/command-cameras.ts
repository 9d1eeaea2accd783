import { parseStreamWays } from '../../../core/cameras/address.ts';
import { type CameraEntry, cameraIdSchema, type StreamAddress, withFurther } from '../../../core/cameras/camera.ts';
import { type CameraCollection, createCameraCollection } from '../../../core/cameras/camera-collection.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import { addKnownCredentials } from './known-credentials.ts';
import type { ReadCameras } from './parse-camera-file.ts';
import { toldRefusalsMax } from './read-camera-file.ts';
import { createRefusals } from './refusals.ts';

/** Most `--camera` values that are used. */
export const commandCamerasMax = 1_000;
const numberMax = 999_999;

/** Host and path: what tells cameras apart for a person. The query may hold anything and is left out. */
function nameOf(address: StreamAddress): string {
  const { host, pathname } = new URL(address.url);
  return `${host}${pathname === '/' ? '' : pathname}`.slice(0, 120);
}

/** The first number from `from` that nobody has, and an id that nobody has. */
function freePlace(from: number, collection: CameraCollection): { readonly number: number; readonly id: string } | null {
  let number = from;
  while (collection.hasNumber(number)) number++;
  if (number > numberMax) return null;
  let id = `camera-${number}`;
  for (let turn = 2; collection.hasId(id); turn++) id = `camera-${number}-${turn}`;
  return { number, id };
}

/**
 * The cameras of `--camera` values, numbered from 1 and named by host and path, added to those of a file (whose numbers they step over).
 * Never throws; reasons never repeat the address. Every password goes to `secrets`.
 */
export function addCommandCameras(file: readonly CameraEntry[], values: readonly string[], secrets: KnownSecrets): ReadCameras {
  const refusals = createRefusals(toldRefusalsMax);
  const collection = createCameraCollection();
  for (const entry of file) collection.take(entry, 'the file');
  let from = 1;
  for (const [index, value] of values.entries()) {
    const where = `--camera ${index + 1}`;
    if (index >= commandCamerasMax) {
      refusals.add(where, `at most ${commandCamerasMax} cameras are taken from a command; use a file with --cameras`);
      break;
    }
    const ways = parseStreamWays(value);
    const place = freePlace(from, collection);
    if (!ways.ok) refusals.add(where, ways.reason);
    else if (place === null) refusals.add(where, 'no short number is left for it');
    else {
      const [main, ...others] = ways.value;
      const camera = {
        id: cameraIdSchema.parse(place.id),
        number: place.number,
        name: nameOf(main),
        province: '',
        district: '',
        site: '',
        position: null,
        kind: 'fixed' as const,
        siteKind: null,
        tags: [],
        streams: ['main' as const],
        simulated: false,
      };
      collection.take({ camera, addresses: { main }, ...withFurther(others.length === 0 ? {} : { main: others }) }, where);
      from = place.number + 1;
    }
  }
  addKnownCredentials(collection.entries(), secrets);
  return { entries: collection.entries(), refused: refusals.list(), refusedTotal: refusals.total() };
}
