import type { Locator, Page } from 'playwright';
import type { WallChange } from '../../core/wall/wall-change.ts';
import type { Preview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';

/** One window of the preview in the hands of a test. */
export interface WallPage {
  readonly page: Page;
  tile(slot: number): Locator;
  /** Pulls one of the strings of the page's pretended main (pretend-main.browser.ts). */
  pretend<T = void>(verb: string, ...args: unknown[]): Promise<T>;
  /** The changes of the wall that main was asked for so far. */
  changes(): Promise<WallChange[]>;
  /** Waits until the newest of them fits, and gives it. */
  awaitChange(what: string, fits: (change: WallChange) => boolean): Promise<WallChange>;
  /** Everything main was asked for so far. */
  calls(): Promise<{ name: string; input: unknown }[]>;
  requests(): Promise<{ method: string; path: string }[]>;
  awaitLive(tiles: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a window; what the page complains of is thrown when it closes. */
export async function openPage(
  preview: Preview,
  values: Record<string, unknown>,
  size?: { width: number; height: number },
): Promise<WallPage> {
  const faults: string[] = [];
  const page = await preview.open(values, size, (fault) => faults.push(fault));
  const pretend = <T>(verb: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(
      ([name, given]) =>
        (globalThis as unknown as { pretend: Record<string, (...all: unknown[]) => never> }).pretend[name]?.(...given) as never,
      [verb, args] as const,
    );
  const seen = <T>(what: string): Promise<T> =>
    page.evaluate((name) => (globalThis as unknown as { pretend: Record<string, never> }).pretend[name] as never, what);
  const changes = async () =>
    (await seen<{ name: string; input: { change: WallChange } }[]>('calls'))
      .filter(({ name }) => name === 'wall.change')
      .map(({ input }) => input.change);
  return {
    page,
    pretend,
    changes,
    tile: (slot) => page.locator(`[data-tile="${slot}"]`),
    awaitChange: (what, fits) =>
      until(what, async () => {
        const last = (await changes()).at(-1);
        return last && fits(last) ? last : null;
      }),
    calls: () => seen('calls'),
    requests: () => seen('requests'),
    awaitLive: async (tiles) => {
      const said = () =>
        page
          .locator('[data-tile][data-shown]')
          .evaluateAll((all) => (all as HTMLElement[]).map(({ dataset }) => `${dataset['state']} (${dataset['gait']})`));
      const live = async () => (await page.locator('[data-tile][data-state="live"]').count()) === tiles;
      await until(`${tiles} tiles are live`, live, 60_000).catch(async (error: unknown) => {
        throw new Error(`they say: ${(await said()).join(', ')}`, { cause: error });
      });
    },
    async close() {
      await page.close();
      if (faults.length > 0) throw new Error(`the page complained: ${faults.join('; ')}`);
    },
  };
}
