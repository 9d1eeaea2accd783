import { z } from 'zod';
import { addressMaxLength, waysMax } from '../../../core/cameras/address.ts';
import { type CameraEntry, type StreamAddress, streamNames, waysOf } from '../../../core/cameras/camera.ts';
import { mapWays } from '../../../core/cameras/map-ways.ts';
import { isSecret, withSecretsOf } from '../../../core/cameras/way-secrets.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';
import type { Log } from '../../ports/log.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { addKnownCredentials } from './known-credentials.ts';

const loginSchema = z.strictObject({ user: z.string().max(256), password: z.string().max(256) });
/** A letter of an address becomes up to nine when it is written as percent codes. */
const addressSchema = z.string().max(9 * addressMaxLength);
/** One camera's secret: whose password it is for each address, so that none ever goes to another one. */
const keptSchema = z.strictObject({
  ways: z
    .array(
      z.strictObject({ url: addressSchema, login: loginSchema.nullable(), hidden: z.array(addressSchema).max(99).optional() }),
    )
    .max(2 * waysMax),
});
type Kept = z.infer<typeof keptSchema>;

const nameOf = (id: string): string => `camera/${id}`;

/** The cameras' passwords between the SecretStore and the directory. */
export interface KeptCredentials {
  /** The camera with what is kept for its addresses; `locked` where that cannot be read yet. A password it has already stays. */
  fill(entry: CameraEntry): CameraEntry;
  has(entry: CameraEntry): boolean;
  /** Keeps the passwords of these, and forgets those of cameras that are gone. Rejects with `StoreProblem`; then nothing has changed. */
  keep(entries: Iterable<CameraEntry>, gone?: Iterable<string>): Promise<void>;
}

export function createKeptCredentials(ports: {
  readonly secrets: SecretStore;
  readonly known: KnownSecrets;
  readonly log: Log;
}): KeptCredentials {
  const { secrets, log } = ports;

  function read(id: string): Kept | null {
    try {
      const text = secrets.get(nameOf(id));
      return text === null ? null : keptSchema.parse(JSON.parse(text));
    } catch (error) {
      // The camera says itself that it is refused; the others are not touched.
      const reason = error instanceof StoreProblem ? error.message : 'it has another form than this Deedban writes';
      log.error('A kept password cannot be read', { camera: id, reason });
      return null;
    }
  }

  return {
    has: ({ camera }) => secrets.has(nameOf(camera.id)),
    fill(entry) {
      const { locked: _was, ...plain } = entry;
      const { id } = entry.camera;
      if (!secrets.has(nameOf(id)) || allWays(plain).every(isSecret)) return plain;
      if (secrets.life.current().state === 'locked') return { ...plain, locked: true };
      const kept = read(id);
      if (kept === null) return plain;
      const filled = mapWays(plain, (way) => withKept(way, kept));
      addKnownCredentials([filled], ports.known);
      return filled;
    },
    async keep(entries, gone = []) {
      const changes = new Map<string, string | null>();
      for (const id of gone) if (secrets.has(nameOf(id))) changes.set(nameOf(id), null);
      for (const entry of entries) {
        const ways = allWays(entry).flatMap(({ url, credentials, hidden }) =>
          credentials !== null || hidden !== undefined
            ? [{ url, login: credentials, ...(hidden === undefined ? {} : { hidden: [...hidden] }) }]
            : [],
        );
        // A locked camera keeps what it has: nobody knows here what that is.
        if (ways.length > 0) changes.set(nameOf(entry.camera.id), JSON.stringify({ ways } satisfies Kept));
        else if (entry.locked !== true && secrets.has(nameOf(entry.camera.id))) changes.set(nameOf(entry.camera.id), null);
      }
      if (changes.size > 0) await secrets.change(changes);
    },
  };
}

const allWays = (entry: CameraEntry): StreamAddress[] => streamNames.flatMap((stream) => [...waysOf(entry, stream)]);

function withKept(way: StreamAddress, { ways }: Kept): StreamAddress {
  const kept = isSecret(way) ? undefined : ways.find(({ url }) => url === way.url);
  return kept === undefined
    ? way
    : withSecretsOf(way, { credentials: kept.login, ...(kept.hidden ? { hidden: kept.hidden } : {}) });
}
