import type { AuditHead } from './audit-head.ts';
import { type MerkleNode, nodesOfLeaf, rootAt, type Sha256 } from './merkle-tree.ts';

/** A place of the log as it was found on the disk. Hashes are in hexadecimal. */
export interface FoundRow {
  /** From 0. */
  readonly place: number;
  readonly sequence: number;
  /** What the log says the row's hash is. */
  readonly leaf: string | null;
  /** What the row's hash is; null where there is no such row any more. */
  readonly present: string | null;
  /** Whether the chain from the row before leads to this one. */
  readonly linked: boolean;
}

/** A head, and whether its signature is right. A bad one proves nothing. */
export interface FoundHead extends AuditHead {
  readonly good: boolean;
}

export interface AuditJudgement {
  readonly rows: number;
  /** The rows up to this number (of the log, from 1) are held against a signed head. */
  readonly provable: number;
  /** By sequence. */
  readonly changed: readonly number[];
  readonly removed: readonly number[];
  /** Its content stands at another place now. */
  readonly moved: readonly { readonly from: number; readonly to: number }[];
  /** Rows at which the chain from the row before breaks, though they are as they were; by sequence. */
  readonly unlinked: readonly number[];
  /** Rows of the Journal that the log never took in. */
  readonly added: readonly number[];
  /** Parts in which something was changed and no copy says which row it was; by number in the log. */
  readonly doubtful: readonly { readonly from: number; readonly to: number }[];
  /** Heads that are not what was signed, by size. */
  readonly badHeads: readonly number[];
}

/** So many are named of each kind. */
const namedMost = 10_000;

/**
 * Holds the log against its signed heads. What a head lists of its rows is believed before what the database says of them; what neither lists is believed where a
 * head's root agrees. `contentAs(from, to)`: the hash that the row of sequence `from` would have as `to`.
 */
export function judgeAudit(
  sha256: Sha256,
  found: { readonly rows: readonly FoundRow[]; readonly heads: readonly FoundHead[]; readonly added: readonly number[] },
  contentAs: (from: number, to: number) => string | null,
): AuditJudgement {
  const heads = found.heads.filter(({ good }) => good).toSorted((a, b) => a.size - b.size);
  const newest = heads.at(-1)?.size ?? 0;
  const truth = listedLeaves(heads);
  const byPlace = new Map(found.rows.map((row) => [row.place, row]));
  const wrong = new Map<number, { readonly sequence: number; readonly leaf: string }>();
  const removed: number[] = [];
  const unlinked: number[] = [];
  const count = Math.max(newest, (found.rows.at(-1)?.place ?? -1) + 1);
  for (let place = 0; place < count; place += 1) {
    const row = byPlace.get(place);
    const leaf = truth.get(place) ?? row?.leaf ?? null;
    // Sequences have no gaps, so a place whose row is gone had this one.
    const sequence = row?.sequence ?? place + 1;
    if (!row || row.present === null) removed.push(sequence);
    else if (leaf === null || row.present !== leaf) wrong.set(place, { sequence, leaf: leaf ?? '' });
    else if (!row.linked) unlinked.push(sequence);
  }
  const changed = new Map([...wrong.values()].map(({ sequence, leaf }) => [sequence, leaf]));
  const moved = movedAmong(changed, removed, contentAs, truth, byPlace);
  for (const { from, to } of moved) {
    changed.delete(from);
    changed.delete(to);
  }
  return {
    rows: found.rows.length,
    provable: newest,
    changed: [...changed.keys()].slice(0, namedMost),
    removed: removed.slice(0, namedMost),
    moved,
    unlinked: unlinked.slice(0, namedMost),
    added: found.added.slice(0, namedMost),
    doubtful: doubtfulParts(sha256, heads, truth, byPlace),
    badHeads: found.heads.filter(({ good }) => !good).map(({ size }) => size),
  };
}

function listedLeaves(heads: readonly FoundHead[]): Map<number, string> {
  const leaves = new Map<number, string>();
  for (const head of heads)
    for (const [index, leaf] of (head.leaves.match(/.{64}/g) ?? []).entries()) leaves.set(head.from + index, leaf);
  return leaves;
}

/** Which changed rows only hold another's content. Rows are compared with each other, so only some hundred of them are. */
function movedAmong(
  changed: ReadonlyMap<number, string>,
  removed: readonly number[],
  contentAs: (from: number, to: number) => string | null,
  truth: ReadonlyMap<number, string>,
  byPlace: ReadonlyMap<number, FoundRow>,
): readonly { readonly from: number; readonly to: number }[] {
  const gone = removed
    .slice(0, 200)
    .map((sequence) => [sequence, truth.get(sequence - 1) ?? byPlace.get(sequence - 1)?.leaf] as const);
  const targets = [...[...changed].slice(0, 200), ...gone];
  return [...changed.keys()].slice(0, 200).flatMap((to) => {
    const home = targets.find(([from, leaf]) => from !== to && leaf !== undefined && contentAs(to, from) === leaf);
    return home ? [{ from: home[0], to }] : [];
  });
}

/** The parts between heads whose root is not that of the leaves that are believed. */
function doubtfulParts(
  sha256: Sha256,
  heads: readonly FoundHead[],
  truth: ReadonlyMap<number, string>,
  byPlace: ReadonlyMap<number, FoundRow>,
): readonly { readonly from: number; readonly to: number }[] {
  const nodes = new Map<string, MerkleNode['hash']>();
  const key = (level: number, place: number) => `${level} ${place}`;
  const read = (level: number, place: number) => nodes.get(key(level, place)) ?? new Uint8Array(32);
  const parts: { from: number; to: number }[] = [];
  let size = 0;
  let good = 0;
  for (const head of heads) {
    for (; size < head.size; size += 1) {
      const leaf = bytesOf(truth.get(size) ?? byPlace.get(size)?.leaf ?? '');
      for (const node of nodesOfLeaf(sha256, size, leaf, read)) nodes.set(key(node.level, node.place), node.hash);
    }
    if (hexOf(rootAt(sha256, size, read)) === head.root) good = size;
    else if (parts.at(-1)?.from !== good + 1) parts.push({ from: good + 1, to: size });
  }
  return parts;
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
