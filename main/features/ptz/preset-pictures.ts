import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { presetPictureMaxBytes } from '../../../core/ptz/preset-picture.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { type Digest, digestPattern, type Vault } from '../../ports/vault.ts';
import { registryKey } from './camera-presets.ts';

/** Of all cameras together: 64 MiB at most. Of more, the oldest go. */
export const mostPresetPictures = 2_000;

const pictureSchema = z.strictObject({
  token: z.string().min(1).max(100),
  digest: z.string().regex(digestPattern),
  keptUtcMs: z.number(),
});
const keptSchema = z.array(pictureSchema).max(mostPresetPictures);
type Picture = z.infer<typeof pictureSchema>;

/** What the cameras showed when their presets were saved: small pictures in the Vault, listed in the Registry. Rejects with `StoreProblem`. */
export interface PresetPictures {
  readonly ready: Promise<void>;
  digestOf(camera: CameraId, token: string): Digest | null;
  /** A picture of that name; null where none of ours has it, whatever else the Vault keeps. */
  read(digest: Digest): Promise<Uint8Array | null>;
  /** Keeps a JPEG in place of the one before. */
  keep(camera: CameraId, token: string, picture: Uint8Array): Promise<void>;
  forget(camera: CameraId, token: string): Promise<void>;
  /** Forgets the pictures of presets that the camera does not have any more: its next one may get the same token. */
  keepOnly(camera: CameraId, tokens: ReadonlySet<string>): Promise<void>;
  close(): void;
}

export interface PresetPicturesPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly vault: Vault;
}

/** A picture is listed before it is kept, and gone before it is not listed any more, so that none lies in the Vault that nobody counts. */
export function createPresetPictures(ports: PresetPicturesPorts, most = mostPresetPictures): PresetPictures {
  const { clock, vault } = ports;
  const table = createMirroredTable(
    ports.registry.table('ptz-pictures', keptSchema, (key) =>
      ports.log.warn('Pictures of presets cannot be read', { camera: key }),
    ),
  );
  const of = (key: string): readonly Picture[] => table.get(key) ?? [];
  const isOurs = (digest: Digest) =>
    [...table.entries.current().keys()].some((key) => of(key).some((each) => each.digest === digest));

  async function drop(key: string, goes: (picture: Picture) => boolean): Promise<void> {
    const [going, staying] = [of(key).filter(goes), of(key).filter((each) => !goes(each))];
    if (going.length === 0) return;
    for (const { digest } of going) await vault.delete(digest);
    await (staying.length === 0 ? table.delete(key) : table.put(key, staying));
  }

  async function makeRoom(): Promise<void> {
    const all = [...table.entries.current().keys()].flatMap((key) => of(key).map((picture) => ({ key, picture })));
    const [oldest] = all.toSorted((a, b) => a.picture.keptUtcMs - b.picture.keptUtcMs);
    if (oldest !== undefined && all.length >= most) await drop(oldest.key, ({ digest }) => digest === oldest.picture.digest);
  }

  return {
    ready: table.ready,
    digestOf: (camera, token) => of(registryKey(camera)).find((each) => each.token === token)?.digest ?? null,
    async read(digest) {
      const content = isOurs(digest) ? await vault.get(digest) : null;
      if (content === null) return null;
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      for await (const piece of content) {
        bytes += piece.byteLength;
        if (bytes > 2 * presetPictureMaxBytes) return null;
        pieces.push(piece);
      }
      const picture = Buffer.concat(pieces);
      return createHash('sha256').update(picture).digest('hex') === digest ? picture : null;
    },
    keep: (camera, token, picture) =>
      table.inTurn(async () => {
        const key = registryKey(camera);
        await drop(key, (each) => each.token === token);
        await makeRoom();
        const content = oneOfItsKind(picture);
        const digest = createHash('sha256').update(content).digest('hex');
        await table.put(key, [...of(key), { token, digest, keptUtcMs: clock.utcMs() }]);
        await vault.put(content);
      }),
    forget: (camera, token) => table.inTurn(() => drop(registryKey(camera), (each) => each.token === token)),
    keepOnly: (camera, tokens) => table.inTurn(() => drop(registryKey(camera), ({ token }) => !tokens.has(token))),
    close: () => table.close(),
  };
}

/**
 * The JPEG with a comment of chance (ITU-T T.81, B.2.4.5) after its first marker. The Vault knows things by their content, and this one is deleted
 * one day: nothing else that is kept may turn out to be the same.
 */
function oneOfItsKind(jpeg: Uint8Array): Uint8Array {
  const chance = randomBytes(16);
  return Buffer.concat([jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xfe, 0, chance.length + 2), chance, jpeg.subarray(2)]);
}
