import { z } from 'zod';
import type { Bounds } from '../../ports/displays.ts';
import type { CdpPipe } from './cdp-pipe.ts';

/** A window of the wall, as Chromium knows it. */
export interface BrowserWindow {
  readonly targetId: string;
  readonly windowId: number;
}

const nothing = z.unknown();
const targetSchema = z.object({ targetId: z.string(), type: z.string(), url: z.string() });
const boundsSchema = z.object({
  left: z.number().optional(),
  top: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  windowState: z.string().optional(),
});
/** Without a window manager Chromium keeps a full-screen window one pixel short of the screen. */
const tolerancePx = 2;

/** Opens a window with this address, full screen on the display that has these bounds (unknown where 0 wide). */
export async function openWindow(cdp: CdpPipe, url: string, on: Bounds): Promise<BrowserWindow> {
  const created = await cdp.call(
    'Target.createTarget',
    { url, newWindow: true, windowState: 'fullscreen', ...placeOf(on) },
    z.object({ targetId: z.string() }),
  );
  try {
    const { windowId } = await cdp.call('Browser.getWindowForTarget', created, z.object({ windowId: z.number() }));
    return { ...created, windowId };
  } catch (error) {
    await closeWindow(cdp, created.targetId);
    throw error;
  }
}

/** Whether the window covers the display, full screen. */
export async function covers(cdp: CdpPipe, window: BrowserWindow, display: Bounds): Promise<boolean> {
  const { bounds } = await cdp.call('Browser.getWindowBounds', { windowId: window.windowId }, z.object({ bounds: boundsSchema }));
  const near = (one: number | undefined, other: number) => Math.abs((one ?? Number.NaN) - other) <= tolerancePx;
  const isThere =
    display.width === 0 ||
    (near(bounds.left, display.x) &&
      near(bounds.top, display.y) &&
      near(bounds.width, display.width) &&
      near(bounds.height, display.height));
  return isThere && bounds.windowState === 'fullscreen';
}

/** Takes the window to the display and makes it cover that: a full-screen window does not move, so it leaves first. */
export async function cover(cdp: CdpPipe, { windowId }: BrowserWindow, display: Bounds): Promise<void> {
  const set = (bounds: object) => cdp.call('Browser.setWindowBounds', { windowId, bounds }, nothing);
  await set({ windowState: 'normal' });
  if (display.width > 0) await set(placeOf(display));
  await set({ windowState: 'fullscreen' });
}

/** Gives the window the keyboard. */
export async function activate(cdp: CdpPipe, { targetId }: BrowserWindow): Promise<void> {
  await cdp.call('Target.activateTarget', { targetId }, nothing);
}

/** Closes a window; one that is gone already is as good. */
export async function closeWindow(cdp: CdpPipe, targetId: string): Promise<void> {
  await cdp.call('Target.closeTarget', { targetId }, nothing).catch(() => {});
}

/** All pages there are, ours or not. */
export async function pages(cdp: CdpPipe): Promise<readonly z.infer<typeof targetSchema>[]> {
  const { targetInfos } = await cdp.call('Target.getTargets', {}, z.object({ targetInfos: z.array(targetSchema) }));
  return targetInfos.filter((target) => target.type === 'page');
}

/** What the window shows now, as PNG. */
export async function screenshotOf(cdp: CdpPipe, { targetId }: BrowserWindow): Promise<Buffer> {
  const { sessionId } = await cdp.call('Target.attachToTarget', { targetId, flatten: true }, z.object({ sessionId: z.string() }));
  try {
    const shot = await cdp.call('Page.captureScreenshot', { format: 'png' }, z.object({ data: z.string() }), {
      sessionId,
      limitMs: 30_000,
    });
    return Buffer.from(shot.data, 'base64');
  } finally {
    await cdp.call('Target.detachFromTarget', { sessionId }, nothing).catch(() => {});
  }
}

function placeOf({ x, y, width, height }: Bounds): object {
  return width === 0 ? {} : { left: x, top: y, width, height };
}
