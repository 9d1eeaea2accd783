import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DirectoryDesk, openDirectoryDesk } from './directory-desk.ts';

const header = 'id,number,name,district,site,lat,lon,kind,main,sub,province,site_kind,tags';
/** Nothing listens there, and it says so at once. */
const nowhere = 'rtsp://127.0.0.1:9/none';
const line = (number: number, name: string, district: string, kind: string, siteKind: string, tags = '', id = `cam-${number}`) =>
  `${id},${number},${name},${district},${name} site,,,${kind},${nowhere},,KP,${siteKind},${tags}`;
const fileOf = (...lines: readonly string[]) => [header, ...lines].join('\n');

const firstFile = fileOf(
  line(1, 'Khyber Gate', 'Peshawar', 'fixed', 'gate', 'night'),
  line(2, 'Saddar Chowk', 'Peshawar', 'ptz', 'junction'),
  line(3, 'Kohat Road', 'Kohat', 'fixed', 'road', 'night;procession'),
  line(4, 'Bannu School', 'Bannu', 'fixed', 'school'),
);

let desk: DirectoryDesk;
beforeAll(async () => {
  desk = await openDirectoryDesk();
});
afterAll(() => desk?.close());

/** Lists every camera: each of these has the letter in its place. */
const all = () => desk.search('site');
const refusedLines = () => desk.dialog().locator('section li').allInnerTexts();

describe('a supervisor with a file of cameras', () => {
  it('sees what it would do, applies it, and finds the cameras', async () => {
    await desk.chooseFile('first.csv', firstFile);
    expect(await desk.counts()).toEqual({ New: 4, Changed: 0, 'As before': 0, 'Not in the file': 0 });
    await desk.press('Import');
    await desk.dialog().waitFor({ state: 'detached' });
    await all();
    await desk.awaitListed([1, 2, 3, 4]);
    await desk.picture('imported');
  });

  it('sees what is new, changed and gone, and every bad line with its number and reason; leaving changes nothing', async () => {
    const second = fileOf(
      line(1, 'Khyber Gate', 'Peshawar', 'fixed', 'gate', 'night'),
      line(2, 'Saddar Chowk East', 'Peshawar', 'ptz', 'junction'),
      line(5, 'Tank Adda', 'Tank', 'fixed', 'transport'),
      'cam-6,six,No Number,Tank,,,,fixed,rtsp://127.0.0.1:9/x,,KP,,',
      line(7, 'Twice', 'Tank', 'fixed', 'road', '', 'cam-5'),
    );
    await desk.chooseFile('second.csv', second);
    expect(await desk.counts()).toEqual({ New: 1, Changed: 1, 'As before': 1, 'Not in the file': 2 });
    const lines = await refusedLines();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/line 5.*whole number/);
    expect(lines[1]).toMatch(/line 6.*line 4 has the same id/);
    await desk.picture('preview');
    await desk.press('Cancel');
    await desk.dialog().waitFor({ state: 'detached' });
    await all();
    await desk.awaitListed([1, 2, 3, 4]);
    expect(await desk.page.locator('[data-camera-line="2"]').innerText()).not.toContain('East');
    await desk.chooseFile('second.csv', second);
    await desk.press('Import');
    await desk.dialog().waitFor({ state: 'detached' });
    await desk.awaitListed([1, 2, 3, 4, 5]);
    await desk.page.locator('[data-camera-line="2"]').getByText('East').waitFor();
  });

  it('is told of numbers that would be there twice, and removes what the file does not name', async () => {
    await desk.chooseFile('clash.csv', fileOf(line(3, 'Another Road', 'Kohat', 'fixed', 'road', '', 'other-3')));
    const apply = desk.dialog().getByRole('button', { name: 'Import', exact: true });
    expect(await apply.isDisabled()).toBe(true);
    expect(await desk.dialog().getByRole('alert').innerText()).toContain('number 3');
    await desk.picture('clash');
    await desk.dialog().getByRole('checkbox').check();
    await expect.poll(() => apply.isEnabled()).toBe(true);
    await desk.press('Cancel');
    await desk.dialog().waitFor({ state: 'detached' });
  });

  it('is told why a file is not one of cameras', async () => {
    await desk.chooseFile('notes.csv', 'a,b\n1,2\n');
    expect((await refusedLines()).length).toBeGreaterThan(0);
    expect(await desk.dialog().getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await desk.press('Cancel');
    await desk.dialog().waitFor({ state: 'detached' });
  });
});

describe('the filters of the directory', () => {
  it('list what passes all of them, by district, kind of site, kind, tag and state on the wall', async () => {
    await all();
    await desk.filter('District', 'Peshawar');
    await desk.awaitListed([1, 2]);
    await desk.filter('Camera', 'PTZ');
    await desk.awaitListed([2]);
    await desk.picture('filters');
    await desk.page.getByRole('button', { name: 'Take all filters away' }).click();
    await desk.awaitListed([1, 2, 3, 4, 5]);
    await desk.filter('Kind of site', 'school');
    await desk.awaitListed([4]);
    await desk.filter('Kind of site', null);
    await desk.filter('Tag', 'night');
    await desk.awaitListed([1, 3]);
    await desk.filter('Tag', null);
    // The one tile shows camera 1, whose address answers nobody.
    await desk.filter('State on the wall', 'on the wall, not live');
    await desk.awaitListed([1]);
    await desk.filter('State on the wall', 'not on the wall');
    await desk.awaitListed([2, 3, 4, 5]);
    await desk.filter('State on the wall', null);
    await desk.page.keyboard.press('Escape');
  });
});

describe('favourites and groups', () => {
  it('stand before the places, with their cameras, and come back when the window does', async () => {
    await desk.search('night');
    await desk.awaitListed([1, 3]);
    await desk.menu('Save what is listed as a group …');
    await desk.dialog().getByRole('textbox').fill('Night round');
    await desk.press('Save group');
    await desk.dialog().waitFor({ state: 'detached' });
    await desk.search('bannu');
    await desk.page.getByRole('button', { name: 'Make Bannu School a favourite' }).click();
    await desk.search('');
    // Favourites are open from the start.
    await desk.awaitListed([4]);
    await desk.page.getByRole('treeitem', { name: /Night round/ }).click();
    await desk.awaitListed([4, 1, 3]);
    await desk.picture('favourites');
    await desk.page.reload();
    await desk.awaitListed([4]);
    await desk.menu('Delete group Night round');
    // What is for every seat is gone only with a second step.
    await desk.press('Cancel');
    await desk.page.getByRole('treeitem', { name: /Night round/ }).waitFor();
    await desk.menu('Delete group Night round');
    await desk.press('Delete for good');
    await desk.page.getByRole('treeitem', { name: /Night round/ }).waitFor({ state: 'detached' });
    await desk.page.getByRole('button', { name: 'Bannu School is a favourite no more' }).click();
    await desk.awaitListed([]);
  });
});
