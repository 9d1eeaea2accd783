import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';

/** The longest that is waited for a wall: a camera may never answer. */
const patienceMs = 10_000;

const hasCamera = ({ tiles, blank }: DisplayWall): boolean => !blank && tiles.some(({ content }) => content.kind === 'camera');

/**
 * Resolves when no tile is opening any more, as far as windows report (about once a second), or when there is nothing to open; after ten
 * seconds in any case. Whatever is heavy and not urgent waits for it, so that the pictures come first.
 */
export function whenWallIsCalm(client: Pick<Client<DeedbanContract>, 'watch'>): Promise<void> {
  return new Promise((resolve) => {
    let displays: readonly DisplayWall[] | null = null;
    let own: DisplayWall | null = null;
    let tiles: readonly { readonly state: string }[] = [];
    const stops: (() => void)[] = [];
    const timer = setTimeout(done, patienceMs);
    function done(): void {
      clearTimeout(timer);
      // A value that is known already may be told before all are watched.
      queueMicrotask(() => {
        for (const stop of stops) stop();
      });
      resolve();
    }
    function look(): void {
      if (displays === null || own === null) return;
      const isNothingShown = ![own, ...displays].some(hasCamera);
      const isAllOpened = tiles.length > 0 && tiles.every(({ state }) => state !== 'opening');
      if (isNothingShown || isAllOpened) done();
    }
    stops.push(
      client.watch('wall.displays', (told) => {
        displays = told;
        look();
      }),
      client.watch('wall.display', (told) => {
        own = told;
        look();
      }),
      client.watch('streams.tiles', (told) => {
        tiles = told.flatMap((display) => display.tiles);
        look();
      }),
    );
  });
}
