import type { Layout } from '../../core/wall/layout.ts';
import { wallOf } from '../support/preview/peshawar.ts';
import type { WallPage } from './wall-page.ts';

/** The ids of the preview's sixteen cameras. */
export const cameraIds = Array.from({ length: 16 }, (_, index) => `psh-${201 + index}`);

/** A tile of the preview's only display. */
export const tileAt = (tile: number) => ({ displayId: 'preview', tile });

/** The preview's display as main would tell it after a change. */
export function shown(layout: Layout, cameras: readonly (string | null)[], more: Record<string, unknown> = {}) {
  const { tiles } = wallOf('preview', layout.cells.length, 1, cameras);
  return { ...wallOf('preview', 1, 1, []), layout, tiles, arranged: true, ...more };
}

/** Lets main tell of the display in both states that have it. */
export async function tell(wall: WallPage, display: Record<string, unknown>): Promise<void> {
  await wall.pretend('set', 'wall.displays', [display]);
  await wall.pretend('set', 'wall.display', display);
}

/** Lets main tell of the selection, and waits until the window knows of it. */
export async function select(wall: WallPage, tile: number): Promise<void> {
  await wall.pretend('set', 'wall.selection', tileAt(tile));
  await wall.page.locator(`[data-selected="true"][data-tile="${tile}"]`).waitFor();
}
