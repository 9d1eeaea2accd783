import { generateKeyPairSync } from 'node:crypto';
import { type BundleOrder, type BundlePart, sealBundle } from '../../main/features/evidence/seal-bundle.ts';
import { openSigner } from '../../main/features/evidence/signing-key.ts';
import type { Signer } from '../../main/ports/signer.ts';
import type { BundleSink, BundleSource } from '../../main/ports/bundle-file.ts';

export interface MemorySink extends BundleSink {
  /** What was written; null before `commit` and after `discard`. */
  committed(): Buffer | null;
}

export function createMemorySink(): MemorySink {
  let bytes = Buffer.alloc(0);
  let done = false;
  return {
    async write(piece, at) {
      if (at + piece.length > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(at + piece.length - bytes.length)]);
      bytes.set(piece, at);
    },
    async commit(signal) {
      signal?.throwIfAborted();
      done = true;
    },
    async discard() {
      if (!done) bytes = Buffer.alloc(0);
    },
    committed: () => (done ? bytes : null),
  };
}

export function sourceOf(bytes: Uint8Array): BundleSource {
  return { sizeBytes: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) };
}

export function partOf(path: string, content: string | Uint8Array): BundlePart {
  const bytes = Buffer.from(content);
  return {
    path,
    sizeBytes: bytes.length,
    async *read() {
      // In two pieces, as from a disk.
      yield bytes.subarray(0, bytes.length >> 1);
      yield bytes.subarray(bytes.length >> 1);
    },
  };
}

/** A key that is in no store. */
export async function newSigner(): Promise<Signer> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return openSigner({ get: () => pem, change: async () => {} });
}

export const someParts: readonly BundlePart[] = [
  partOf('incident.json', '{"number":1042}\n'),
  partOf(
    'clips/214/master.mp4',
    Uint8Array.from({ length: 3_000 }, (_, place) => (place * 7) % 256),
  ),
  partOf('stills/214-1.png', ''),
  partOf('statement.txt', 'The bus stopped. بس رک گئی۔'),
];

/** A bundle of some small files. */
export async function sealedInMemory(order: Partial<BundleOrder> & { readonly signer: Signer }): Promise<Buffer> {
  const sink = createMemorySink();
  await sealBundle({ sink, bag: 'incident-1042', info: [['Source-Organization', 'Peshawar IC4']], parts: someParts, ...order });
  const bytes = sink.committed();
  if (!bytes) throw new Error('nothing was written');
  return bytes;
}
