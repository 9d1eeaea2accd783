import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodesOfLeaf,
  provesConsistency,
  provesInclusion,
  type ReadNode,
  rootAt,
} from '../../core/audit/merkle-tree.ts';
import { sampled } from '../support/sampled.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function treeOf(leaves: readonly Uint8Array[]): ReadNode {
  const nodes = new Map<string, Uint8Array>();
  const read: ReadNode = (level, place) => {
    const node = nodes.get(`${level}/${place}`);
    if (!node) throw new Error(`no node ${level}/${place}`);
    return node;
  };
  for (const [place, leaf] of leaves.entries())
    for (const node of nodesOfLeaf(sha256, place, leafHash(sha256, leaf), read))
      nodes.set(`${node.level}/${node.place}`, node.hash);
  return read;
}

/** The test log of Certificate Transparency's own implementation (merkle_tree_test.cc). */
const published = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (text) => Buffer.from(text, 'hex'),
);

describe('the tree of RFC 6962', () => {
  it('has the published roots', () => {
    const read = treeOf(published);
    expect(Array.from({ length: 9 }, (_, size) => hex(rootAt(sha256, size, read)))).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('has the published proofs', () => {
    const read = treeOf(published);
    expect(inclusionProof(sha256, 0, 8, read).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(inclusionProof(sha256, 5, 8, read).map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(consistencyProof(sha256, 6, 8, read).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(inclusionProof(sha256, 0, 1, read)).toEqual([]);
    expect(consistencyProof(sha256, 1, 1, read)).toEqual([]);
  });

  it('proves every leaf, and every older tree, and nothing else', () => {
    const read = treeOf(Array.from({ length: 70 }, (_, place) => Buffer.from([place])));
    const sizes = fc
      .integer({ min: 1, max: 70 })
      .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));
    fc.assert(
      fc.property(sizes, fc.nat({ max: 9 }), ([place, size], other) => {
        const root = rootAt(sha256, size, read);
        const proof = inclusionProof(sha256, place, size, read);
        const claim = { leaf: read(0, place), place, size, root };
        expect(provesInclusion(sha256, claim, proof)).toBe(true);
        expect(provesInclusion(sha256, { ...claim, leaf: sha256(claim.leaf) }, proof)).toBe(false);
        expect(provesInclusion(sha256, { ...claim, place: place + 1 }, proof)).toBe(false);
        expect(provesInclusion(sha256, claim, [...proof, root])).toBe(false);
        const older = { size: place + 1, root: rootAt(sha256, place + 1, read) };
        const newer = { size, root };
        const steps = consistencyProof(sha256, older.size, size, read);
        expect(provesConsistency(sha256, older, newer, steps)).toBe(true);
        expect(provesConsistency(sha256, { ...older, root: sha256(older.root) }, newer, steps)).toBe(false);
        expect(provesConsistency(sha256, older, { ...newer, root: sha256(root) }, steps)).toBe(false);
        const changed = steps.map((step, index) => (index === other % Math.max(1, steps.length) ? sha256(step) : step));
        if (steps.length > 0) expect(provesConsistency(sha256, older, newer, changed)).toBe(false);
      }),
      sampled(300, 5_000),
    );
  });
});
