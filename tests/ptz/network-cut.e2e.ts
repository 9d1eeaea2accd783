import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openPtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('a camera whose network is cut in mid-move stands by its own timeout, its tile says so, and it is steered again when the network is back', async () => {
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--import ${fileURLToPath(new URL('children/cut-on-signal.ts', import.meta.url))}`;
  ends.push(async () => {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  });
  const { program, wall, page, angles } = await openPtzDesk(ends);
  const tile = page.locator('[data-tile="0"]');
  // From one end of its way, so that it has far to go to the other.
  const middle = await angles();
  for (const key of ['KeyP', 'Digit2', 'Enter']) await page.keyboard.press(key);
  await turnedFrom(page, middle);
  const left = await standing(wall);

  await page.keyboard.down('Shift');
  await page.keyboard.down('ArrowRight');
  await turnedFrom(page, left);
  process.kill(program.pid, 'SIGUSR2');
  await until('the network is cut', () => program.said().includes('the network is cut'));
  await page.keyboard.up('ArrowRight');
  await page.keyboard.up('Shift');
  await tile.getByText('Does not answer Stop. Stops by itself within 2 s').waitFor();
  await page.locator('[data-ptz="101"] [data-trouble="may-be-moving"]').waitFor();
  const shots = process.env['PTZ_SHOTS'];
  if (shots !== undefined) await page.screenshot({ path: `${shots}/network-cut.png` });
  const stood = await standing(wall);
  expect(stood.pan).toBeGreaterThan(left.pan);
  expect(stood.pan).toBeLessThan(40);
  // It stands, but nobody has said so: the words stay.
  expect(await tile.locator('[data-trouble="may-be-moving"]').count()).toBe(1);

  process.kill(program.pid, 'SIGCONT');
  await tile.locator('[data-trouble]').waitFor({ state: 'detached' });
  expect(await standing(wall)).toEqual(stood);
  await page.keyboard.down('Shift');
  await page.keyboard.down('ArrowLeft');
  const back = await turnedFrom(page, stood);
  expect(back.pan).toBeLessThan(stood.pan);
  await page.keyboard.up('ArrowLeft');
  await page.keyboard.up('Shift');
  await standing(wall);
});
