import { describe, expect, it, onTestFinished } from 'vitest';
import { createStillsShelf, type StillsBounds } from '../../main/features/stills/stills-shelf.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import type { Vault } from '../../main/ports/vault.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';

async function start(bounds: StillsBounds, folder = temporaryFolder(), clock = createFakeClock()) {
  const stores = openSqliteStores(folder, clock);
  const files = await openFileVault(folder);
  const reach = new Set<string>();
  const elsewhere = new Set<string>();
  let isFull = false;
  const vault: Vault = {
    ...files,
    put: (content) => (isFull ? Promise.reject(new StoreProblem('full', 'The disk is full.')) : files.put(content)),
  };
  const { registry, journal } = stores;
  const shelf = createStillsShelf(
    {
      vault,
      registry,
      clock,
      journal,
      log: collectLog(),
      inReach: () => reach,
      heldElsewhere: async (digest) => elsewhere.has(digest),
    },
    bounds,
  );
  await shelf.ready;
  let open = true;
  const close = () => {
    if (open) {
      shelf.close();
      stores.close();
    }
    open = false;
  };
  onTestFinished(close);
  return {
    reach,
    elsewhere,
    has: shelf.has,
    vault,
    journal,
    /** Keeps a picture of this many bytes, and lets a minute pass. */
    async keep(name: number, sizeBytes = 10) {
      const digest = await shelf.keep(new Uint8Array(sizeBytes).fill(name));
      clock.pass(60_000);
      return digest ?? 'refused';
    },
    keepAtOnce: (name: number) => shelf.keep(new Uint8Array(10).fill(name)),
    fill: () => {
      isFull = true;
    },
    again() {
      close();
      return start(bounds, folder, clock);
    },
  };
}
const three = { count: 3, bytes: 1_000_000 };

describe('the stills that are kept', () => {
  it('are so many, and the oldest that nobody can reach goes first', async () => {
    const { keep, reach, vault, journal } = await start(three);
    const kept = [await keep(1), await keep(2), await keep(3)];
    reach.add(kept[0] ?? '');
    const newest = await keep(4);
    expect(await Promise.all([...kept, newest].map((digest) => vault.has(digest)))).toEqual([true, false, true, true]);
    expect(await journal.read(0, 10)).toMatchObject([{ kind: 'still.forgotten', data: { digest: kept[1], sizeBytes: 10 } }]);
  });

  it('that an incident has too are not listed any more in their turn, and stay in the Vault', async () => {
    const { keep, elsewhere, vault, has } = await start(three);
    const kept = [await keep(1), await keep(2), await keep(3)];
    elsewhere.add(kept[0] ?? '');
    const newest = [await keep(4), await keep(5)];
    expect(await Promise.all([...kept, ...newest].map((digest) => vault.has(digest)))).toEqual([true, false, true, true, true]);
    expect([...kept, ...newest].map(has)).toEqual([false, false, true, true, true]);
  });

  it('are so many bytes', async () => {
    const { keep, vault } = await start({ count: 100, bytes: 100 });
    const kept = [await keep(1, 40), await keep(2, 40), await keep(3, 15)];
    await keep(4, 70);
    expect(await Promise.all(kept.map((digest) => vault.has(digest)))).toEqual([false, false, true]);
  });

  it('all stay where those that may go would not make room enough', async () => {
    const { keep, reach, vault } = await start({ count: 100, bytes: 100 });
    const kept = [await keep(1, 60), await keep(2, 30)];
    reach.add(kept[0] ?? '');
    expect(await keep(3, 50)).toBe('refused');
    expect(await Promise.all(kept.map((digest) => vault.has(digest)))).toEqual([true, true]);
  });

  it('do not go before a tile can have shown them', async () => {
    const { keepAtOnce } = await start(three);
    for (const name of [1, 2, 3]) expect(await keepAtOnce(name)).not.toBeNull();
    expect(await keepAtOnce(4)).toBeNull();
    // The same picture needs no room, and is as new as if it had come now.
    expect(await keepAtOnce(1)).not.toBeNull();
  });

  it('count too where they were kept before anybody listed them, once somebody can reach them, as the oldest', async () => {
    const { keep, reach, vault } = await start({ count: 100, bytes: 100 });
    const { digest } = await vault.put(new Uint8Array(60).fill(9));
    reach.add(digest);
    expect(await keep(1, 50)).toBe('refused');
    const kept = await keep(2, 40);
    reach.delete(digest);
    await keep(3, 50);
    expect(await Promise.all([digest, kept].map((each) => vault.has(each)))).toEqual([false, true]);
  });

  it('are counted after a restart too', async () => {
    const first = await start(three);
    const oldest = await first.keep(1);
    for (const name of [2, 3]) await first.keep(name);
    const again = await first.again();
    await again.keep(4);
    expect(await again.vault.has(oldest)).toBe(false);
  });

  it('are not counted where the disk is full and they were not kept', async () => {
    const { keepAtOnce, fill, again } = await start({ count: 1, bytes: 100 });
    fill();
    await expect(keepAtOnce(1)).rejects.toThrow('full');
    expect(await (await again()).keepAtOnce(2)).not.toBeNull();
  });

  it('leave what else is in the Vault alone', async () => {
    const { keep, vault } = await start({ count: 1, bytes: 100 });
    const { digest } = await vault.put(new TextEncoder().encode('evidence'));
    for (const name of [1, 2, 3]) await keep(name);
    expect(await vault.has(digest)).toBe(true);
  });
});
