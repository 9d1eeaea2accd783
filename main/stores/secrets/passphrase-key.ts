import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { keyBytes, seal, unseal } from './sealed-value.ts';

/** Kept beside what they protect, and bounded: a file that somebody changed must not be able to hang the program. */
const argon2idSchema = z.strictObject({
  memoryKiB: z.int().min(8_192).max(1_048_576),
  passes: z.int().min(1).max(16),
  lanes: z.int().min(1).max(8),
  salt: z.base64().min(22).max(88),
});
export const wrappedKeySchema = z.strictObject({ argon2id: argon2idSchema, wrapped: z.base64().max(200) });
/** A data key under a passphrase. */
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

/** RFC 9106 §4, its second recommendation (64 MiB, 3 passes) with one lane: what a kiosk PC does in some tenths of a second. */
const usual = { memoryKiB: 65_536, passes: 3, lanes: 1 } as const;
const boundTo = 'deedban data key';

async function derive(passphrase: string, how: z.infer<typeof argon2idSchema>): Promise<Buffer> {
  // One passphrase, whatever keyboard or system wrote it.
  return hashRaw(passphrase.normalize('NFKC'), {
    memoryCost: how.memoryKiB,
    timeCost: how.passes,
    parallelism: how.lanes,
    outputLen: keyBytes,
    salt: Buffer.from(how.salt, 'base64'),
  });
}

export async function wrapKey(key: Buffer, passphrase: string): Promise<WrappedKey> {
  const argon2id = { ...usual, salt: randomBytes(16).toString('base64') };
  return { argon2id, wrapped: seal(await derive(passphrase, argon2id), boundTo, key) };
}

/** Null for a wrong passphrase (or a record that was changed: they cannot be told apart). */
export async function unwrapKey({ argon2id, wrapped }: WrappedKey, passphrase: string): Promise<Buffer | null> {
  return unseal(await derive(passphrase, argon2id), boundTo, wrapped);
}
