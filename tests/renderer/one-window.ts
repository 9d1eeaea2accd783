import { afterAll, afterEach, beforeAll } from 'vitest';
import type { WindowKind } from '../../core/displays/displays.contract.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { openPage, type WallPage } from './wall-page.ts';

export interface OneWindow {
  /** Opens the window of the present test. */
  open(values: Record<string, unknown>, size?: { width: number; height: number }): Promise<WallPage>;
  /** The same, of a wall of one display with the sixteen cameras, once all of its tiles are live. */
  openLive(columns: number, rows: number, kind?: WindowKind): Promise<WallPage>;
}

/** One preview for all tests of a file, and a window for each of them, which must end without a complaint. To be called once, at the file's top. */
export function oneWindow(): OneWindow {
  let preview: Preview | undefined;
  let window: WallPage | undefined;
  beforeAll(async () => {
    preview = await startPreview();
  });
  afterAll(() => preview?.close());
  afterEach(async () => {
    const last = window;
    window = undefined;
    await last?.close();
  });
  async function open(values: Record<string, unknown>, size?: { width: number; height: number }): Promise<WallPage> {
    if (!preview) throw new Error('a window is opened in a test');
    window = await openPage(preview, values, size);
    return window;
  }
  return {
    open,
    async openLive(columns, rows, kind = 'wall') {
      const wall = await open(peshawarWall(columns, rows, kind));
      await wall.awaitLive(columns * rows);
      return wall;
    },
  };
}
