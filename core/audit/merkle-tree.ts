/** SHA-256 of some bytes. Given from outside: the same rules run where hashing is done otherwise. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * A Merkle tree over a log (RFC 6962 §2.1). A node is named by its level (0: leaves) and its place on it; only whole ones are ever kept, so a node never
 * changes once it is there.
 */
export interface MerkleNode {
  readonly level: number;
  readonly place: number;
  readonly hash: Uint8Array;
}

/** Reads a whole node. Throws where there is none. */
export type ReadNode = (level: number, place: number) => Uint8Array;

function after(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const leafHash = (sha256: Sha256, leaf: Uint8Array): Uint8Array => sha256(after(0, leaf));
const pairHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array => sha256(after(1, left, right));

/** The nodes that are whole once the leaf is there: itself first, then upwards. `place` is its index from 0. */
export function nodesOfLeaf(sha256: Sha256, place: number, leaf: Uint8Array, read: ReadNode): readonly MerkleNode[] {
  const nodes: MerkleNode[] = [{ level: 0, place, hash: leaf }];
  let hash = leaf;
  for (let level = 0, at = place; at % 2 === 1; level += 1) {
    hash = pairHash(sha256, read(level, at - 1), hash);
    at = (at - 1) / 2;
    nodes.push({ level: level + 1, place: at, hash });
  }
  return nodes;
}

/** The largest power of two below `count` (at least 2). */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The hash over the leaves `from` up to but not `to`; `from` is a multiple of the smallest power of two that covers them. */
function hashOver(sha256: Sha256, from: number, to: number, read: ReadNode): Uint8Array {
  const count = to - from;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return read(level, from / count);
  const split = from + splitOf(count);
  return pairHash(sha256, hashOver(sha256, from, split, read), hashOver(sha256, split, to, read));
}

/** The root over the first `size` leaves; of none the hash of nothing. */
export function rootAt(sha256: Sha256, size: number, read: ReadNode): Uint8Array {
  return size === 0 ? sha256(new Uint8Array()) : hashOver(sha256, 0, size, read);
}

/** The proof that leaf `place` is in the tree of `size` leaves (RFC 6962 §2.1.1), from the leaf up. `place` is below `size`. */
export function inclusionProof(sha256: Sha256, place: number, size: number, read: ReadNode): readonly Uint8Array[] {
  const proof: Uint8Array[] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const split = from + splitOf(to - from);
    if (place < split) {
      proof.unshift(hashOver(sha256, split, to, read));
      to = split;
    } else {
      proof.unshift(hashOver(sha256, from, split, read));
      from = split;
    }
  }
  return proof;
}

/** The proof that the tree of `older` leaves is the beginning of that of `size` (RFC 6962 §2.1.2). `older` is 1 to `size`. */
export function consistencyProof(sha256: Sha256, older: number, size: number, read: ReadNode): readonly Uint8Array[] {
  const proof: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (older !== to) {
    const split = from + splitOf(to - from);
    if (older <= split) {
      proof.unshift(hashOver(sha256, split, to, read));
      to = split;
    } else {
      proof.unshift(hashOver(sha256, from, split, read));
      from = split;
    }
  }
  // The older root is known to who checks.
  if (from !== 0) proof.unshift(hashOver(sha256, from, to, read));
  return proof;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, place) => byte === b[place]);

/** Checks an inclusion (RFC 9162 §2.1.3.2). */
export function provesInclusion(
  sha256: Sha256,
  claim: { readonly leaf: Uint8Array; readonly place: number; readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (claim.place >= claim.size) return false;
  let [at, last, hash] = [claim.place, claim.size - 1, claim.leaf];
  for (const node of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = pairHash(sha256, node, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = pairHash(sha256, hash, node);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(hash, claim.root);
}

export interface TreeRoot {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Checks that the older tree is the beginning of the newer one (RFC 9162 §2.1.4.2). */
export function provesConsistency(sha256: Sha256, older: TreeRoot, newer: TreeRoot, proof: readonly Uint8Array[]): boolean {
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)];
  const first = path.shift();
  if (first === undefined) return false;
  let [oldHash, newHash] = [first, first];
  for (const node of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldHash = pairHash(sha256, node, oldHash);
      newHash = pairHash(sha256, node, newHash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else newHash = pairHash(sha256, newHash, node);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(oldHash, older.root) && same(newHash, newer.root);
}
