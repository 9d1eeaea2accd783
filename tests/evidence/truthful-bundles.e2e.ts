import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { journalRows } from '../support/journal-rows.ts';
import { clipBytes } from '../../core/evidence/clip.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { createSlowLink } from '../support/slow-link.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { acknowledgedPieces } from './acknowledged.ts';
import { openDesk, readBundle, sealFirst } from './open-desk.ts';

const securing = '[data-tile="0"] [data-incident="1"][data-evidence="securing"]';
const timeText = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 19).replace('T', ' ');

/** The moment of the picture that a rewound tile showed in place of the one that was asked for; null where main has not heard of any. */
const foundMoment = (folder: string): number | null =>
  journalRows(folder, 'rewind.found', z.object({ shownUtcMs: z.number() })).at(-1)?.shownUtcMs ?? null;

/** A window tells what its tiles say once a second: waits until main has written down that one said this. */
const isNoted = (folder: string, word: string) =>
  until(`main has noted that the tile is ${word}`, () =>
    journalRows(folder, 'evidence.verdict', z.object({ verdict: z.object({ word: z.string() }) })).some(
      ({ verdict }) => verdict.word === word,
    ),
  );

describe('a bundle', () => {
  it('of a window that was killed while it secured has everything that was put, and says which seconds are missing', async () => {
    const { folder, page, openAnother } = await openDesk();
    const pieces = acknowledgedPieces(page);
    await page.keyboard.press('KeyF');
    await page.locator(securing).waitFor();
    await until('some pieces are acknowledged', () => pieces.size >= 3);
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    const cdp = await page.context().newCDPSession(page);
    cdp.send('Page.crash').catch(() => {});
    await crashed;
    const other = await openAnother();
    await other.page.locator(securing).waitFor();
    await other.waitForPictures(0, 30);
    const { files, incident, custody, page: index } = await readBundle(await sealFirst(other.page, folder));
    const [first, second, ...more] = custody.clips.toSorted((a, b) => a.firstPictureUtcMs - b.firstPictureUtcMs);
    expect(more).toEqual([]);
    expect(first?.life).toMatchObject({ state: 'whole', how: 'window-gone' });
    expect(first?.gaps).toMatchObject([{ toMs: null }]);
    expect(second?.life).toMatchObject({ state: 'whole', how: 'ended' });
    // From before the flag on.
    expect(first?.firstPictureUtcMs).toBeLessThan(incident.flagged.utcMs - 2_000);
    const put = custody.clips.flatMap(({ id, fragments }) => fragments.map((fragment) => `1 ${id} ${fragment.index}`));
    expect(put).toEqual(expect.arrayContaining([...pieces]));
    for (const clip of custody.clips) expect(files.get(`data/clips/${clip.camera}/${clip.id}.mp4`)?.length).toBe(clipBytes(clip));
    const [secured] = custody.secured;
    // The program has not been there for a minute, and nobody had pictures between the two windows.
    expect(secured?.missing).toHaveLength(2);
    const [, between] = secured?.missing ?? [];
    expect(between?.fromUtcMs).toBeCloseTo((first?.firstPictureUtcMs ?? 0) + (first?.fragments.at(-1)?.endMs ?? 0), 0);
    expect(between?.toUtcMs).toBe(second?.firstPictureUtcMs);
    expect(index).toContain(`<span class="gap">${timeText(between?.fromUtcMs ?? 0)}`);
    expect(custody.log.map(({ what }) => what).filter((what) => what === 'secured-by' || what === 'left')).toEqual([
      'secured-by',
      'left',
      'secured-by',
    ]);
  });

  it('of a rewound tile says which moment it showed, and what was kept from before that on', async () => {
    const { folder, wall, page } = await openDesk();
    // So much is in memory that ten seconds ago can be shown.
    await wall.waitForPictures(0, 135);
    await page.keyboard.press('KeyR');
    await page.locator('[data-tile="0"] [data-rewound]').or(page.locator('[data-tile="0"][data-rewound]')).first().waitFor();
    await page.keyboard.press('KeyF');
    await page.locator(securing).waitFor();
    await wall.waitForPictures(0, 30);
    const { incident, custody, page: index } = await readBundle(await sealFirst(page, folder));
    const { shownUtcMs, utcMs } = incident.flagged;
    expect(utcMs - (shownUtcMs ?? utcMs)).toBeGreaterThan(2_000);
    expect(index).toContain('The tile showed the past');
    const [secured] = custody.secured;
    expect(secured?.fromUtcMs).toBe((shownUtcMs ?? 0) - 60_000);
    // Only what lies before this program's first picture.
    const firstUtcMs = Math.min(...custody.clips.map(({ firstPictureUtcMs }) => firstPictureUtcMs));
    expect(secured?.missing).toEqual([{ fromUtcMs: secured?.fromUtcMs, toUtcMs: firstUtcMs }]);
    expect(firstUtcMs).toBeLessThan((shownUtcMs ?? 0) + 1_000);
  });

  it('of a tile that was rewound to before what is kept is of the oldest picture, which it showed, and not of the moment that was asked for', async () => {
    const { folder, wall, page } = await openDesk();
    const askedUtcMs = Date.now();
    await page.keyboard.press('Shift+KeyR');
    await page.locator('[data-tile="0"] [data-rewound]').or(page.locator('[data-tile="0"][data-rewound]')).first().waitFor();
    const found = await until('main hears what its window found', () => foundMoment(folder), 60_000);
    await page.keyboard.press('KeyF');
    await page.locator(securing).waitFor();
    await wall.waitForPictures(0, 30);
    const { incident, custody } = await readBundle(await sealFirst(page, folder));
    const { shownUtcMs } = incident.flagged;
    expect(found).toBeGreaterThan(askedUtcMs - 60_000);
    expect(shownUtcMs).toBeGreaterThanOrEqual(found);
    const [secured] = custody.secured;
    expect(secured?.fromUtcMs).toBe((shownUtcMs ?? 0) - 60_000);
    // All that was kept is in it, from the oldest picture on.
    const firstUtcMs = Math.min(...custody.clips.map(({ firstPictureUtcMs }) => firstPictureUtcMs));
    expect(firstUtcMs).toBeLessThan((shownUtcMs ?? 0) + 1_000);
    expect(secured?.missing[0]).toEqual({ fromUtcMs: secured?.fromUtcMs, toUtcMs: firstUtcMs });
  });

  it('of a rewound tile that waits at the end of what is kept is of the picture that waits there', async () => {
    const { folder, cameras, page } = await openDesk();
    const cutUtcMs = Date.now();
    cameras.cut(true);
    await page.locator('[data-tile="0"][data-verdict="lost"]').waitFor({ timeout: 60_000 });
    await page.keyboard.press('KeyR');
    const told = await until(
      'main hears that the last picture waits',
      () => {
        const found = foundMoment(folder);
        return found !== null && found > cutUtcMs - 1_500 ? found : null;
      },
      60_000,
    );
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="0"] [data-incident="1"]').waitFor();
    const { incident } = await readBundle(await sealFirst(page, folder));
    expect(incident.flagged.shownUtcMs).toBe(told);
    expect(incident.flagged.utcMs - told).toBeGreaterThan(2_000);
  });

  it('of a tile whose camera is lost has what came before, and says that nothing came then', async () => {
    const { folder, cameras, page } = await openDesk();
    cameras.cut(true);
    await page.locator('[data-tile="0"][data-verdict="lost"]').waitFor({ timeout: 60_000 });
    const lostUtcMs = Date.now();
    await page.keyboard.press('KeyF');
    await page.locator(securing).waitFor();
    await isNoted(folder, 'lost');
    const { custody, incident } = await readBundle(await sealFirst(page, folder));
    expect(custody.clips).toHaveLength(1);
    expect(custody.clips[0]?.fragments.at(-1)?.pictures).toBeGreaterThan(30);
    const [secured] = custody.secured;
    const last = secured?.missing.at(-1);
    expect(last?.fromUtcMs).toBeLessThan(lostUtcMs);
    expect(last?.toUtcMs).toBe(secured?.toUtcMs);
    expect(last?.toUtcMs).toBeGreaterThan(incident.flagged.utcMs);
    const words = custody.log.flatMap((line) => (line.what === 'verdict' ? [line.verdict.word] : []));
    // What it told before may come first.
    expect(words.at(-1)).toBe('lost');
  });

  it('of a tile whose pictures come late says so, and by how much', async () => {
    const server = await startGstRtspServer();
    onTestFinished(() => server.stop());
    const link = await createSlowLink(server.port);
    onTestFinished(() => link.close());
    const folder = await temporaryFolder();
    onTestFinished(folder.remove);
    const program = await startProgram(folder.path, ['--camera', server.url.replace(`${server.port}`, `${link.port}`)]);
    onTestFinished(async () => void (await program.stop()));
    const wall = await openWall(program.address());
    onTestFinished(wall.close);
    const { page } = wall;
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 30);
    await until('the tile has a clock', async () => /\d\d:\d\d:\d\d/.test(await wall.tileWords(0)));
    for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
    link.delay(3_000);
    await page.locator('[data-tile="0"][data-verdict="late"][data-selected]').waitFor({ timeout: 60_000 });
    await page.keyboard.press('KeyF');
    await page.locator(securing).waitFor();
    await isNoted(folder.path, 'late');
    const { custody, page: index } = await readBundle(await sealFirst(page, folder.path));
    expect(custody.log.flatMap((line) => (line.what === 'verdict' ? [line.verdict.word] : []))).toContain('late');
    expect(index).toMatch(/LATE [34] s/);
  });
});
