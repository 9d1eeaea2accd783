import { randomUUID } from 'node:crypto';
import { type CameraEntry, streamNames, waysOf } from '../../../core/cameras/camera.ts';
import type { camerasRefusals, ImportPreview } from '../../../core/cameras/cameras.contract.ts';
import { compareDirectories, type DirectoryChange, keepCredentials } from '../../../core/cameras/directory-change.ts';
import { isSecret } from '../../../core/cameras/way-secrets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import type { Log } from '../../ports/log.ts';
import { byNumber } from './by-number.ts';
import type { CameraLogins } from './camera-logins.ts';
import type { DirectorySource } from './directory-source.ts';
import { inSlices } from './in-slices.ts';
import { addKnownCredentials, hasCredentials } from './known-credentials.ts';
import { cameraFileKind, cameraLinesMax, parseCameraFile, type ReadCameras } from './parse-camera-file.ts';

export type CamerasRefusal = (typeof camerasRefusals)[number];

/** How long a preview waits to be applied. */
const previewLivesMs = 15 * 60_000;
const samplesMax = 20;
const refusedMax = 1_000;

interface Preview {
  readonly id: string;
  /** The stored directory it was compared with. */
  readonly against: string | null;
  readonly entries: readonly CameraEntry[];
  readonly change: DirectoryChange;
}

/** Reading a camera file, looking at what it would do, and doing it. There is one preview at a time. */
export interface CameraImports {
  /** Reads a file; null where another one was begun meanwhile. Rejects with the signal's reason where that is aborted. */
  read(bytes: Buffer, fileName: string, signal: AbortSignal): Promise<ImportPreview | null>;
  apply(preview: string, removeGone: boolean): Promise<CamerasRefusal | null>;
  leave(preview: string): void;
  close(): void;
}

export function createCameraImports(ports: {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: KnownSecrets;
  readonly source: DirectorySource;
  readonly logins: Pick<CameraLogins, 'keep' | 'tellChanged'>;
  /** The cameras are those of the command: nothing can be imported. */
  readonly thisRunOnly: boolean;
}): CameraImports {
  const { clock, log, source } = ports;
  let kept: Preview | null = null;
  let forget = () => {};
  let reading = new AbortController();

  function keep(preview: Preview | null): void {
    forget();
    kept = preview;
    forget = preview === null ? () => {} : clock.after(previewLivesMs, () => keep(null));
  }

  async function readAll(bytes: Buffer, fileName: string, signal: AbortSignal): Promise<ReadCameras> {
    const kind = cameraFileKind(fileName, bytes);
    if (kind !== null) return inSlices(parseCameraFile(bytes, kind, fileName, refusedMax), signal);
    const reason = 'a camera file is CSV, JSON or GeoJSON, and its name ends so';
    return { entries: [], refused: [{ where: fileName, reason }], refusedTotal: 1 };
  }

  async function look(bytes: Buffer, fileName: string, signal: AbortSignal): Promise<[Preview, ReadCameras]> {
    const read = await readAll(bytes, fileName, signal);
    addKnownCredentials(read.entries, ports.secrets);
    await source.whenLoaded();
    const against = source.generation();
    const present = against === null ? [] : source.entries.current();
    const change = await inSlices(compareDirectories(present, read.entries), signal);
    signal.throwIfAborted();
    return [{ id: randomUUID(), against, entries: read.entries, change }, read];
  }

  return {
    async read(bytes, fileName, closed) {
      reading.abort();
      const mine = new AbortController();
      reading = mine;
      keep(null);
      try {
        const [preview, read] = await look(bytes, fileName, AbortSignal.any([closed, mine.signal]));
        keep(preview);
        return describe(preview, fileName, read);
      } catch (error) {
        closed.throwIfAborted();
        if (mine.signal.aborted) return null;
        throw error;
      }
    },
    async apply(id, removeGone) {
      if (ports.thisRunOnly) return 'this-run-only';
      const preview = kept;
      if (preview === null || preview.id !== id) return 'no-such-preview';
      if (source.generation() !== preview.against) return 'directory-changed';
      if (preview.entries.length === 0) return 'nothing-to-import';
      const { change } = preview;
      if (!removeGone && change.clashes.length > 0) return 'conflict';
      const named = keepCredentials((camera) => source.entry(camera), preview.entries);
      const list = byNumber(removeGone ? named : [...named, ...change.gone]);
      if (list.length > cameraLinesMax) return 'too-many';
      // The passwords first: a camera may have one too many, never a directory that lost them.
      const unkept = await ports.logins.keep(named);
      if (unkept === 'locked' || unkept === 'broken') return unkept;
      if (unkept !== null) return 'not-saved';
      try {
        if ((await source.replace(list, preview.against)) === 'conflict') return 'directory-changed';
      } catch (error) {
        log.error('The directory could not be kept', { reason: error instanceof Error ? error.message : 'unknown' });
        return 'not-saved';
      }
      if (kept === preview) keep(null);
      if (removeGone && change.gone.length > 0)
        await ports.logins.keep(
          [],
          change.gone.map(({ camera }) => camera.id),
        );
      ports.logins.tellChanged(named.filter(hasCredentials).map(({ camera }) => camera.id));
      log.info('A directory was imported', { cameras: list.length, added: change.added.length, changed: change.changed.length });
      return null;
    },
    leave(id) {
      if (kept?.id === id) keep(null);
    },
    close() {
      reading.abort();
      keep(null);
    },
  };
}

function describe({ id, change, entries }: Preview, fileName: string, read: ReadCameras): ImportPreview {
  const sample = (list: readonly CameraEntry[]) => list.slice(0, samplesMax).map((entry) => entry.camera);
  const withCredentials = entries.reduce(
    (sum, entry) => sum + streamNames.flatMap((stream) => waysOf(entry, stream)).filter(isSecret).length,
    0,
  );
  return {
    id,
    fileName,
    total: entries.length,
    added: change.added.length,
    changed: change.changed.length,
    unchanged: change.unchanged,
    gone: change.gone.length,
    samples: { added: sample(change.added), changed: sample(change.changed), gone: sample(change.gone) },
    refusedTotal: read.refusedTotal,
    refused: [...read.refused],
    clashes: [...change.clashes],
    withCredentials,
  };
}
