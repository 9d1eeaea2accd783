import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';
import { type Angles, readAngles } from './read-angles.ts';

/** An operator before a few cameras of the demonstration city, with the first tile's camera (101), which can be steered, selected. */
export interface PtzDesk {
  readonly program: Awaited<ReturnType<typeof startProgram>>;
  readonly wall: WallDriver;
  readonly page: Page;
  readonly folder: string;
  angles(): Promise<Angles>;
}

/** Starts the program in a new folder with so many tiles, and one operator; `ends` is what to do afterwards, last first. */
export async function openPtzDesk(ends: (() => Promise<unknown>)[], settings: object = {}, tiles = 4): Promise<PtzDesk> {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  await writeFile(join(folder.path, 'settings.json'), JSON.stringify(settings));
  const program = await startProgram(folder.path, ['--tiles', `${tiles}`]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address('seats' in settings ? 1 : undefined));
  ends.push(wall.close);
  await selectSteerable(wall);
  return { program, wall, page: wall.page, folder: folder.path, angles: () => anglesOn(wall.page) };
}

/** Selects a tile (from 0) of the demonstration wall, and waits until what its camera can do was read, and its presets. */
export async function selectSteerable(wall: WallDriver, tile = 0): Promise<void> {
  await wall.waitForTile(tile, 'live');
  for (const key of ['KeyT', `Digit${tile + 1}`, 'Enter']) await wall.page.keyboard.press(key);
  const panel = wall.page.locator(`[data-ptz="${101 + tile}"]`);
  await panel.locator('[data-stick]').waitFor();
  await panel.locator('[data-preset]').first().waitFor();
}

export async function anglesOn(page: Page, tile = 0): Promise<Angles> {
  return until('the picture shows its angles', () => readAngles(page, tile));
}

/** Waits until the picture shows another place than `from`, and says which. */
export function turnedFrom(page: Page, from: Angles, tile = 0): Promise<Angles> {
  return until('the picture moves', async () => {
    const now = await anglesOn(page, tile);
    return areSame(now, from) ? null : now;
  });
}

/** Waits until the angles on the glass have not changed while a dozen pictures came, and says where it stands. */
export function standing(wall: WallDriver, tile = 0): Promise<Angles> {
  return until('the picture stands still', async () => {
    const before = await anglesOn(wall.page, tile);
    await wall.waitForPictures(tile, 12);
    const after = await anglesOn(wall.page, tile);
    return areSame(before, after) ? after : null;
  });
}

export function areSame(a: Angles, b: Angles): boolean {
  return a.pan === b.pan && a.tilt === b.tilt && a.magnification === b.magnification;
}
