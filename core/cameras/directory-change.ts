import { type Camera, type CameraEntry, type StreamAddress, type StreamName, streamNames, waysOf } from './camera.ts';
import type { RefusedLine } from './cameras.contract.ts';
import { mapWays } from './map-ways.ts';
import { isSecret, withSecretsOf } from './way-secrets.ts';

/** What an import would do to the directory. */
export interface DirectoryChange {
  readonly added: readonly CameraEntry[];
  readonly changed: readonly CameraEntry[];
  readonly unchanged: number;
  /** Cameras that the import does not name. */
  readonly gone: readonly CameraEntry[];
  /** Numbers that would be there twice if those that are gone were kept; the first of them. */
  readonly clashes: readonly RefusedLine[];
}

export const clashesMax = 20;

function sameCamera(a: Camera, b: Camera): boolean {
  return (
    a.number === b.number &&
    a.name === b.name &&
    a.province === b.province &&
    a.district === b.district &&
    a.site === b.site &&
    a.siteKind === b.siteKind &&
    a.kind === b.kind &&
    a.position?.lat === b.position?.lat &&
    a.position?.lon === b.position?.lon &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  );
}

/** Passwords are left out of the comparison: the one side may have forgotten them at its last end. */
function sameEntry(a: CameraEntry, b: CameraEntry): boolean {
  const urls = (entry: CameraEntry, stream: StreamName) =>
    waysOf(entry, stream)
      .map(({ url }) => url)
      .join(' ');
  return sameCamera(a.camera, b.camera) && streamNames.every((stream) => urls(a, stream) === urls(b, stream));
}

/** Compares the directory with what is to be imported. In both every id and every number is there once. Yields after each camera. */
export function* compareDirectories(
  present: readonly CameraEntry[],
  next: readonly CameraEntry[],
): Generator<void, DirectoryChange, void> {
  const presentById = new Map<string, CameraEntry>();
  for (const entry of present) {
    presentById.set(entry.camera.id, entry);
    yield;
  }
  const added: CameraEntry[] = [];
  const changed: CameraEntry[] = [];
  let unchanged = 0;
  const idOfNumber = new Map<number, string>();
  for (const entry of next) {
    const { id, number } = entry.camera;
    const before = presentById.get(id);
    presentById.delete(id);
    idOfNumber.set(number, id);
    if (before === undefined) added.push(entry);
    else if (sameEntry(before, entry)) unchanged += 1;
    else changed.push(entry);
    yield;
  }
  const gone = [...presentById.values()];
  const clashes: RefusedLine[] = [];
  for (const { camera } of gone) {
    const id = idOfNumber.get(camera.number);
    if (id !== undefined && clashes.length < clashesMax) {
      clashes.push({
        where: `number ${camera.number}`,
        reason: `${id} of the file has the number of ${camera.id}, which the file does not name`,
      });
    }
    yield;
  }
  return { added, changed, unchanged, gone, clashes };
}

function withCredentialsOf(known: readonly StreamAddress[], address: StreamAddress): StreamAddress {
  if (isSecret(address)) return address;
  const before = known.find(({ url }) => url === address.url);
  return before === undefined ? address : withSecretsOf(address, before);
}

/** The cameras of `next` with the passwords, and the device's own place, that were known for the same camera at the same address and are not in `next`. */
export function keepCredentials(known: (id: string) => CameraEntry | undefined, next: readonly CameraEntry[]): CameraEntry[] {
  return next.map((entry) => {
    const before = known(entry.camera.id);
    if (before === undefined) return entry;
    const kept = mapWays(entry, (way, stream) => withCredentialsOf(waysOf(before, stream), way));
    const isSamePlace = streamNames.some((stream) => before.addresses[stream]?.url === entry.addresses[stream]?.url);
    return entry.device !== undefined || before.device === undefined || !isSamePlace ? kept : { ...kept, device: before.device };
  });
}
