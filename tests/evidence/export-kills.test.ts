import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createCustodyBook } from '../../main/features/evidence/custody-book.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { startChild } from '../stores/child-lines.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { sampledCount, sampledLimitMs } from '../support/sampled.ts';

async function verdictOf(path: string): Promise<string> {
  const source = await openBundleFile(path);
  try {
    return (await verifyBundle(source)).verdict;
  } finally {
    await source.close();
  }
}

it(
  'after a kill in the middle of an export the bundle is as it was, no half copy is taken for whole, and each copy has its line',
  async () => {
    const folder = temporaryFolder();
    const copies = join(folder, 'copies');
    mkdirSync(copies);
    let broken = 0;
    for (let round = 0; round < sampledCount(10, 300); round += 1) {
      const child = startChild(resolve(import.meta.dirname, 'children/export-until-killed.ts'), folder, String(round));
      const said: string[] = [];
      // A copy is eight or nine pieces: each round dies elsewhere in one.
      for (let line = 0; line < 1 + ((round * 7) % 20); line += 1) said.push((await child.next()) ?? '');
      said.push(...(await child.kill()).filter((line) => line !== ''));
      const whole = new Set(said.flatMap((line) => (line.startsWith('whole ') ? [line.slice(6)] : [])));
      for (const name of readdirSync(copies).filter((each) => each.startsWith(`${round}-`))) {
        const path = join(copies, name);
        const verdict = await verdictOf(path);
        if (whole.has(path)) expect(verdict).toBe('INTACT');
        if (verdict === 'ALTERED') broken += 1;
      }
      const stores = openSqliteStores(folder, createFakeClock());
      const custody = createCustodyBook(stores.journal, collectLog());
      await custody.ready;
      const exported = custody.of(1).filter(({ what }) => what === 'exported');
      const count = (outcome: string) => exported.filter((line) => 'outcome' in line && line.outcome === outcome).length;
      // A copy without a line would be one that nobody knows of.
      expect(count('begun')).toBeGreaterThanOrEqual(readdirSync(copies).length);
      expect(count('whole')).toBeLessThanOrEqual(count('begun'));
      stores.close();
    }
    expect(broken).toBeGreaterThan(3);
    const bundles = readdirSync(join(folder, 'bundles'));
    expect(bundles).toHaveLength(1);
    for (const name of bundles) expect(await verdictOf(join(folder, 'bundles', name))).toBe('INTACT');
  },
  sampledLimitMs,
);
