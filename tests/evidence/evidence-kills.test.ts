import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { clipGaps } from '../../core/evidence/clip.ts';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { openBundleFile, sweepUnfinishedBundles } from '../../main/stores/files/bundle-files.ts';
import { startChild } from '../stores/child-lines.ts';
import { filesBelow, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { openShelf } from './clip-set-up.ts';

it(
  'after a kill at any moment nothing that was acknowledged is lost, and no half bundle is taken for whole',
  async () => {
    const folder = temporaryFolder();
    let sealed = 0;
    for (let round = 0; round < sampledCount(10, 300); round += 1) {
      const child = startChild(resolve(import.meta.dirname, 'children/secure-until-killed.ts'), folder, String(round));
      const said: string[] = [];
      for (let line = 0; line < 1 + ((round * 5) % 12); line += 1) said.push((await child.next()) ?? '');
      said.push(...(await child.kill()).filter((line) => line !== ''));
      const shelf = await openShelf(folder, createFakeClock());
      for (const [what, name = '', index] of said.map((line) => line.split(' '))) {
        if (what === 'sealed') {
          sealed += 1;
          continue;
        }
        const fragment = shelf.get(name)?.fragments.find((each) => each.index === Number(index));
        expect(await shelf.vault.verify(fragment?.digest ?? ''.padStart(64, '0'))).toBe('good');
      }
      const clip = shelf.get(said[0]?.split(' ')[1] ?? '');
      expect(clip?.life).toMatchObject({ state: 'whole', how: 'main-ended' });
      expect(clip && clipGaps(clip).length).toBe(1);
      const listed = shelf.ofIncident(1).flatMap(({ fragments }) => fragments.map(({ digest }) => digest));
      expect(new Set(filesBelow(join(folder, 'vault')).map(({ path }) => basename(path)))).toEqual(new Set(listed));
      // One piece at most was there without its record; nothing else is worth a word.
      expect(shelf.log.lines.filter((line) => !line.includes('an earlier start had not recorded'))).toEqual([]);
      shelf.close();
    }
    expect(sealed).toBeGreaterThan(3);
    // Whatever has the name of a bundle is one; what was not finished says so by its name.
    const bundles = readdirSync(join(folder, 'bundles'));
    const whole = bundles.filter((name) => name.endsWith('.zip'));
    expect(bundles.filter((name) => !name.endsWith('.zip') && !name.endsWith('.unfinished'))).toEqual([]);
    expect(whole.length).toBeGreaterThanOrEqual(sealed);
    await sweepUnfinishedBundles(join(folder, 'bundles'));
    expect(readdirSync(join(folder, 'bundles'))).toEqual(whole);
    for (const name of whole) {
      const source = await openBundleFile(join(folder, 'bundles', name));
      expect((await verifyBundle(source)).verdict, name).toBe('INTACT');
      await source.close();
    }
  },
  sampledLimitMs,
);
