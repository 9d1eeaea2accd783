import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { until } from '../support/until.ts';
import { axeViolations, overflowing } from './looks.ts';
import { oneWindow } from './one-window.ts';
import { playing, programme, sceneDesk, sceneOf, scenes } from './scenes-page.ts';
import type { WallPage } from './wall-page.ts';

const pictures = join(outDir, 'screens');
const size = { width: 1920, height: 1080 };
const windows = oneWindow();
let window: WallPage;
beforeAll(() => mkdirSync(pictures, { recursive: true }));

async function open(more: Record<string, unknown> = {}): Promise<WallPage> {
  window = await windows.open(sceneDesk(more), size);
  await window.page.locator('[data-scene="1"]').waitFor();
  return window;
}
const { stringify } = JSON;
const dialog = () => window.page.getByRole('dialog');
const press = (name: string | RegExp) => dialog().getByRole('button', { name }).click();
/** What main was asked for under this name, waited for. */
async function asked(name: string): Promise<unknown> {
  return until(`main is asked for ${name}`, async () => {
    return (await window.calls()).findLast((call) => call.name === name)?.input;
  });
}
async function menu(opener: RegExp, item: string | RegExp): Promise<void> {
  await window.page.getByRole('button', { name: opener }).click();
  await window.page.getByRole('menuitem', { name: item }).click();
}
/** Looks at the page, keeps a picture of it, and finds nothing wrong. */
async function looksWell(name: string): Promise<void> {
  await window.page.screenshot({ path: join(pictures, `scenes-${name}.png`) });
  await expect.poll(() => axeViolations(window.page)).toEqual([]);
  await expect.poll(() => overflowing(window.page)).toEqual([]);
}
const closed = () => dialog().waitFor({ state: 'detached' });

describe('the scenes of a desk', () => {
  it('are listed by number, say which is on the wall, and are called by one press', async () => {
    const { page } = await open();
    const numbers = await page.locator('[data-scene]').evaluateAll((all) => all.map((each) => each.getAttribute('data-scene')));
    expect(numbers).toEqual(['1', '2', '3', '12']);
    await page.locator('[data-scene="1"]').getByText('changed since').waitFor();
    await looksWell('panel');
    await page.locator('[data-scene="3"]').click();
    expect(await asked('scenes.call')).toEqual({ number: 3 });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(
      'the next scene is called by the keyboard',
      async () => stringify(await asked('scenes.call')) === '{"number":12}',
    );
    await window.pretend('set', 'scenes.called', { id: 'scene-1', changedSince: false });
    await page.keyboard.press('Alt+PageDown');
    await until('the next is called', async () => stringify(await asked('scenes.call')) === '{"number":2}');
  });

  it('are saved from the wall under the lowest free number, of the displays that were chosen', async () => {
    const { page } = await open();
    await page.locator('body').press('Control+s');
    await dialog().getByLabel('Name').fill('Evening');
    await dialog().getByLabel('Sage').check();
    await dialog().getByLabel('2 Glass 2').uncheck();
    await looksWell('save');
    await window.pretend('answer', 'scenes.save-wall', { outcome: 'refused', refusal: 'number-taken', detail: 'Morning' });
    await dialog().getByLabel('Number').fill('1');
    await press('Save');
    await dialog().getByText('“Morning” has this number.').waitFor();
    await window.pretend('answer', 'scenes.save-wall', { outcome: 'stored', scene: sceneOf(4, 'Evening') });
    await dialog().getByLabel('Number').fill('4');
    await page.keyboard.press('Enter');
    await closed();
    const wanted = { number: 4, name: 'Evening', colour: 'sage', displayIds: ['a'] };
    expect(await asked('scenes.save-wall')).toEqual(wanted);
    await page.getByText('Scene 4, Evening, is saved.').first().waitFor();
  });

  it('are edited, and take in the wall as it is now', async () => {
    await open();
    const morning = scenes[0];
    await window.pretend('answer', 'scenes.read', { scene: morning });
    await menu(/^Scene 1:/, /^Edit/);
    await dialog().getByText('Owned by seat 1.').waitFor();
    await dialog().getByLabel('Replace by the wall as it is now').check();
    await dialog().getByLabel('2 Glass 2').check();
    await looksWell('edit');
    await window.pretend('answer', 'scenes.change', { outcome: 'stored', scene: morning });
    await press('Save changes');
    await closed();
    expect(await asked('scenes.change')).toMatchObject({
      id: 'scene-1',
      revision: 1,
      draft: {
        name: 'Morning',
        displays: [{ displayId: 'a' }, { displayId: 'b', contents: [{ camera: 'psh-205' }, { kind: 'empty' }, {}, {}] }],
      },
    });
  });

  it('that two seats edited show what differs, and are overwritten only by choice', async () => {
    await open();
    const base = sceneOf(1, 'Morning', { colour: 'sand' });
    const theirs = sceneOf(1, 'Dawn', { revision: 5, changedBySeat: 7 });
    const [first] = theirs.displays;
    first?.contents.splice(1, 1, { kind: 'camera', camera: 'psh-205' });
    await window.pretend('answer', 'scenes.read', { scene: base });
    await window.pretend('answer', 'scenes.change', { outcome: 'conflict', present: theirs });
    await menu(/^Scene 1:/, /^Edit/);
    await dialog().getByLabel('Name').fill('Sunrise');
    await press('Save changes');
    await dialog().getByText('Seat 7 saved this scene').waitFor();
    const rows = await dialog()
      .locator('tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(rows).toEqual([
      ['Name', 'Sunrise', 'Dawn', 'both of you'],
      ['Colour', 'Sand', 'No colour', 'seat 7'],
      ['Display 1  Glass 1, tile 2', '202  Qissa Khwani, east', '205  GT Road, Haji Camp', 'seat 7'],
    ]);
    await looksWell('conflict');
    await window.pretend('answer', 'scenes.change', { outcome: 'stored', scene: theirs });
    await press('Overwrite theirs with mine');
    await closed();
    expect(await asked('scenes.change')).toMatchObject({ revision: 5, draft: { name: 'Sunrise', colour: 'sand' } });
  });

  it('that somebody deleted meanwhile can be saved as new ones', async () => {
    await open();
    await window.pretend('answer', 'scenes.read', { scene: scenes[0] });
    await window.pretend('answer', 'scenes.change', { outcome: 'refused', refusal: 'no-such-scene', detail: null });
    await window.pretend('answer', 'scenes.create', { outcome: 'stored', scene: sceneOf(4, 'Morning') });
    await menu(/^Scene 1:/, /^Edit/);
    await press('Save changes');
    await dialog().getByText('Somebody deleted this scene').waitFor();
    await press('Save mine as a copy');
    await closed();
    expect(await asked('scenes.create')).toMatchObject({ number: 4, name: 'Morning' });
  });

  it('are deleted in two steps, and not while a programme shows them', async () => {
    await open({ 'programmes.list': [{ ...programme, steps: [{ scene: 'scene-3', dwellS: 5 }] }], 'programmes.playing': null });
    await menu(/^Scene 3:/, /^Delete/);
    await dialog().getByText('A programme shows this scene.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true);
    await press('Cancel');
    await closed();
    await window.pretend('answer', 'scenes.delete', { refusal: null });
    await menu(/^Scene 1:/, /^Delete/);
    await looksWell('delete');
    await press('Delete for good');
    await closed();
    expect(await asked('scenes.delete')).toEqual({ id: 'scene-1', revision: 1 });
    await window.page.getByRole('button', { name: /^Scene 2:/ }).click();
    expect(await window.page.getByRole('menuitem', { name: /^Delete/ }).getAttribute('aria-disabled')).toBe('true');
    await window.page.keyboard.press('Escape');
  });

  it('leave as a file and come in from one, with the numbers they got or what is wrong', async () => {
    const { page } = await open();
    await window.pretend('answer', 'scenes.export', { text: '{"format":"deedban-scenes"}' });
    const download = page.waitForEvent('download');
    // No file dialog can be driven: a browser that has none downloads.
    await page.evaluate('delete window.showSaveFilePicker');
    await menu(/^Import and export/, 'Export all scenes');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^scenes \d{4}-\d\d-\d\d\.json$/);
    expect(await readFile(await file.path(), 'utf8')).toBe('{"format":"deedban-scenes"}');
    await file.delete();

    const imported = [
      { number: 4, name: 'Morning', wasNumber: 1 },
      { number: 5, name: 'Night', wasNumber: 5 },
    ];
    await window.pretend('answer', 'scenes.import', { imported, problems: [] });
    await menu(/^Import and export/, /^Import scenes/);
    const chosen = { name: 'scenes.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
    await dialog().locator('input[type=file]').setInputFiles(chosen);
    await dialog().getByText('2 scenes came in:').waitFor();
    expect(await dialog().locator('li').allInnerTexts()).toEqual(['4 Morning (was 1, which is taken)', '5 Night']);
    await press('Done');
    await closed();

    const problems = [{ where: 'scenes[3].name', reason: 'this is missing' }];
    await window.pretend('answer', 'scenes.import', { imported: [], problems });
    await menu(/^Import and export/, /^Import scenes/);
    await dialog().locator('input[type=file]').setInputFiles(chosen);
    await dialog().getByText('Nothing was imported.').waitFor();
    await looksWell('import-refused');
    expect(await dialog().locator('li').allInnerTexts()).toEqual(['scenes[3].name this is missing']);
  });
});

describe('the programmes of a desk', () => {
  it('say what plays, how long the step stays, and what is pinned; keys pause and skip', async () => {
    const { page } = await open();
    const strip = page.getByRole('region', { name: 'Programme that plays' });
    await expect
      .poll(() => strip.innerText())
      .toMatch(/Evening rounds[\s\S]*Night, entry[\s\S]*Step 2 of 3 · 1 min \d+ s left[\s\S]*2 pinned tiles/);
    const before = await strip.innerText();
    await until('the time counts', async () => (await strip.innerText()) !== before);
    await window.pretend('answer', 'programmes.pause', { refusal: null });
    await page.locator('body').press('Space');
    expect(await asked('programmes.pause')).toEqual({ paused: true });
    await window.pretend('set', 'programmes.playing', {
      ...playing,
      paused: true,
      nextAtUtcMs: null,
      leftMs: 45_000,
      notShown: true,
    });
    await strip.getByText('Paused with 45 s left').waitFor();
    await strip.getByText('The wall did not take this step.').waitFor();
    await looksWell('paused');
    await window.pretend('answer', 'programmes.skip', { refusal: null });
    await page.locator('body').press('PageDown');
    expect(await asked('programmes.skip')).toEqual({ by: 1 });
    await window.pretend('answer', 'programmes.start', { refusal: 'no-such-scene' });
    await page.locator('[data-programme="2"]').click();
    expect(await asked('programmes.start')).toEqual({ id: 'two' });
    await page.getByText('None of its scenes is there any more').first().waitFor();
  });

  it('are said to be paused by a scene that was called by hand, above all to the seat that started them', async () => {
    const started = { ...playing, startedBySeat: 1 };
    const { page } = await open({ 'programmes.playing': started });
    const strip = page.getByRole('region', { name: 'Programme that plays' });
    await strip.waitFor();
    const interrupted = { bySeat: 4, sceneNumber: 12 };
    const still = { ...started, paused: true, nextAtUtcMs: null, leftMs: 45_000, interrupted };
    await window.pretend('set', 'programmes.playing', still);
    await strip.getByText('seat 4 called scene 12 here').waitFor();
    await page.getByText('Programme 1 is paused: seat 4 called scene 12.').first().waitFor();
    await looksWell('interrupted');
    await window.pretend('answer', 'programmes.pause', { refusal: null });
    await page.locator('body').press('Space');
    expect(await asked('programmes.pause')).toEqual({ paused: false });
  });

  it('are edited step by step, by buttons and by hand', async () => {
    const { page } = await open();
    await menu(/^Programme 1:/, /^Edit/);
    const order = () =>
      dialog()
        .locator('select[aria-label^="Scene of step"]')
        .evaluateAll((all) => all.map((each) => (each as unknown as { value: string }).value));
    await expect.poll(order).toEqual(['scene-1', 'scene-3', 'scene-12']);
    await press('Move step 1 down');
    await expect.poll(order).toEqual(['scene-3', 'scene-1', 'scene-12']);
    const line = (step: number) => dialog().locator(`[data-step="${step}"]`);
    await line(3).locator('[title^="Drag"]').dragTo(line(1));
    await until('the step is dropped first', async () => stringify(await order()) === '["scene-12","scene-3","scene-1"]');
    await press('Remove step 2');
    await press('Add a step');
    await dialog().getByLabel('How long step 3 stays').fill('4');
    await dialog().getByText('5 seconds to 24 hours.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await dialog().getByLabel('Unit of step 3').selectOption('minutes');
    await looksWell('programme');
    await window.pretend('answer', 'programmes.change', {
      outcome: 'conflict',
      present: { ...programme, revision: 9, name: 'Other rounds' },
    });
    await press('Save');
    await dialog().getByText('Another seat saved this programme').waitFor();
    await looksWell('programme-conflict');
    await window.pretend('answer', 'programmes.change', { outcome: 'stored', programme });
    await press('Overwrite theirs with mine');
    await closed();
    expect(await asked('programmes.change')).toEqual({
      id: 'rounds',
      revision: 9,
      draft: {
        number: 1,
        name: 'Evening rounds',
        steps: [
          { scene: 'scene-12', dwellS: 3_600 },
          { scene: 'scene-1', dwellS: 30 },
          { scene: 'scene-2', dwellS: 240 },
        ],
      },
    });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
