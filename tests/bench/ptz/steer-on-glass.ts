import { channel } from 'node:diagnostics_channel';
import type { Page } from 'playwright';
import { z } from 'zod';
import { frameHeight, frameWidth } from '../../../main/gateway/city/frame-size.ts';
import { anglesBand, anglesIn } from '../../ptz/read-angles.ts';
import { until } from '../../support/until.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { openBenchWall } from '../bench-wall.ts';

export interface OnGlass {
  /** From the key's own time in the browser until main writes the order to the camera's socket, ms. */
  readonly toWireMs: number[];
  /** From there until a picture with other angles is on the screen, ms. */
  readonly toGlassMs: number[];
  /** From the death of the window until the order to stop is on the wire, ms. */
  readonly windowDiedMs: number[];
}

const wantedAfterMs = 1_500;

/** Notes the time of keys, and for a while after each the pictures' bands with the time at which they are shown. */
const notes = `
  const taken = [];
  let keyMs = 0;
  window.addEventListener('keydown', (event) => {
    if (event.repeat || event.key === 'Shift') return;
    keyMs = performance.timeOrigin + event.timeStamp;
    taken.length = 0;
  }, true);
  window.startPtzNotes = () => {
    const video = document.querySelector('[data-tile="0"] video');
    const canvas = new OffscreenCanvas(${anglesBand.width}, ${anglesBand.height}).getContext('2d', { willReadFrequently: true });
    const look = (now, { expectedDisplayTime }) => {
      if (video.videoWidth === ${frameWidth} && video.videoHeight === ${frameHeight} && taken.length < 40) {
        canvas.drawImage(video, -${anglesBand.x}, -${anglesBand.y});
        const { data } = canvas.getImageData(0, 0, ${anglesBand.width}, ${anglesBand.height});
        taken.push({ atMs: performance.timeOrigin + expectedDisplayTime, luma: Array.from(data.filter((_, at) => at % 4 === 1)) });
      }
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  };
  window.ptzNotes = () => ({ keyMs, taken: taken.slice() });
`;
const notesSchema = z.object({
  keyMs: z.number(),
  taken: z.array(z.object({ atMs: z.number(), luma: z.array(z.number()) })),
});

/** Presses of Shift and an arrow at the demonstration city, in a real browser. */
export async function steerOnGlass(how: { readonly presses: number; readonly deaths: number }): Promise<OnGlass> {
  const found: OnGlass = { toWireMs: [], toGlassMs: [], windowDiedMs: [] };
  /** When main asked a camera something, on this process's clock; the bench's main runs in it. */
  const asked: number[] = [];
  const note = (): void => void asked.push(performance.timeOrigin + performance.now());
  const requests = channel('http.client.request.start');
  requests.subscribe(note);
  const wall = await openBenchWall();
  try {
    const browser = await openBenchBrowser(wall.address(), notes);
    try {
      await select(browser.page);
      await browser.page.evaluate('window.startPtzNotes()');
      await browser.page.keyboard.down('Shift');
      for (let press = 0; press < how.presses; press += 1) await measurePress(browser.page, press, asked, found);
    } finally {
      await browser.close();
    }
    for (let death = 0; death < how.deaths; death += 1) found.windowDiedMs.push(await killWindow(wall.address(), asked, death));
  } finally {
    requests.unsubscribe(note);
    await wall.running.close();
  }
  return found;
}

async function select(page: Page): Promise<void> {
  await page.locator('[data-tile="0"][data-state="live"]').waitFor({ timeout: 60_000 });
  for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"][data-selected]').waitFor({ timeout: 30_000 });
  // What is asked of a camera when it is selected is over.
  await page.waitForTimeout(2_000);
}

async function measurePress(page: Page, press: number, asked: number[], found: OnGlass): Promise<void> {
  const key = press % 2 === 0 ? 'ArrowRight' : 'ArrowLeft';
  asked.length = 0;
  await page.keyboard.down(key);
  await page.waitForTimeout(400);
  await page.keyboard.up(key);
  await page.waitForTimeout(wantedAfterMs);
  const { keyMs, taken } = notesSchema.parse(await page.evaluate('window.ptzNotes()'));
  const wireMs = asked.find((atMs) => atMs >= keyMs);
  if (wireMs === undefined) throw new Error('a key press did not reach the camera');
  found.toWireMs.push(wireMs - keyMs);
  const shown = taken.map(({ atMs, luma }) => ({ atMs, pan: anglesIn(luma)?.pan }));
  const [first] = shown;
  const moved = shown.find(({ pan }) => pan !== first?.pan);
  if (moved !== undefined) found.toGlassMs.push(moved.atMs - keyMs);
}

/** A window that steers is crashed. */
async function killWindow(address: string, asked: number[], death: number): Promise<number> {
  const browser = await openBenchBrowser(address);
  try {
    const { page } = browser;
    await select(page);
    const cdp = await page.context().newCDPSession(page);
    await page.keyboard.down('Shift');
    await page.keyboard.down(death % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForTimeout(600);
    asked.length = 0;
    const diedMs = performance.timeOrigin + performance.now();
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    cdp.send('Page.crash').catch(() => {});
    await crashed;
    // The move itself is renewed every 0.8 s at most as long as the window says so: the last thing asked is the Stop.
    await until('nothing is asked of the camera any more', () => {
      const last = asked.at(-1);
      return last !== undefined && performance.timeOrigin + performance.now() - last > 1_500;
    });
    return (asked.at(-1) ?? Number.NaN) - diedMs;
  } finally {
    await browser.close();
  }
}
