import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCell } from '../../core/rpc/cell.ts';
import { pages } from '../../main/hosts/browser/browser-windows.ts';
import { type Chromium, startChromium } from '../../main/hosts/browser/chromium-process.ts';
import { findChromium } from '../../main/hosts/browser/find-chromium.ts';
import { createWallWindows, type WallWindows } from '../../main/hosts/browser/wall-windows.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { WindowWish } from '../../main/ports/displays.ts';
import { until } from '../support/until.ts';
import { processes } from './support/processes.ts';
import { createRememberingLog } from './support/remembering-log.ts';
import { firstEntry, startTestServer, type TestServer } from './support/test-server.ts';

const size = { width: 640, height: 360 };
const sandbox = process.env['CI'] !== 'true';
const wish: WindowWish = { displayId: 'A', windowKind: 'wall', name: 'A', primary: true, bounds: { x: 0, y: 0, ...size } };
const wishes = createCell<readonly WindowWish[]>([wish]);
let path: string;
let test: TestServer;
let chromium: Chromium | null;
let starts: number;
let windows: WallWindows;

beforeAll(async () => {
  path = findChromium() ?? '';
  test = await startTestServer();
});
afterAll(() => test.close());
beforeEach(() => {
  starts = 0;
  windows = createWallWindows({
    wishes,
    async start() {
      starts += 1;
      // The first try fails: a wall must not depend on it.
      if (starts === 1) throw new Error('not yet');
      chromium = await startChromium({ path, sandbox, headless: size, clock: systemClock });
      return chromium;
    },
    address: () => `${test.origin}/#code=${test.code(firstEntry)}`,
    origin: test.origin,
    connected: () => true,
    clock: systemClock,
    random: Math.random,
    log: createRememberingLog().log,
  });
});
afterEach(() => windows.close());

const onlyPage = () =>
  until('one page stands', async () => {
    const open = chromium && windows.standing().length === 1 ? await pages(chromium.cdp) : [];
    return open.length === 1 && open[0]?.url.startsWith(test.origin) ? open[0] : null;
  });

describe('the windows of a wall', () => {
  it('open although the browser did not start at first', async () => {
    await onlyPage();
    expect(starts).toBe(2);
  });

  it('come back when somebody closes them', async () => {
    const first = await onlyPage();
    await chromium?.cdp.call('Target.closeTarget', { targetId: first.targetId }, z.unknown());
    await until('another one stands', async () => (await onlyPage()).targetId !== first.targetId);
  });

  it('are the only ones: whatever else is opened is closed', async () => {
    const first = await onlyPage();
    await chromium?.cdp.call('Target.createTarget', { url: 'about:blank', newWindow: true }, z.unknown());
    expect((await onlyPage()).targetId).toBe(first.targetId);
  });

  it('return to their page when they are led away from it', async () => {
    const first = await onlyPage();
    const { targetId } = first;
    const session = z.object({ sessionId: z.string() });
    const attached = await chromium?.cdp.call('Target.attachToTarget', { targetId, flatten: true }, session);
    await chromium?.cdp.call('Page.navigate', { url: 'data:text/html,elsewhere' }, z.unknown(), {
      sessionId: attached?.sessionId ?? '',
    });
    await until('another one stands', async () => (await onlyPage()).targetId !== targetId);
  });

  it('go and come with their display', async () => {
    await onlyPage();
    wishes.set([]);
    await until('no page is open', async () => chromium && (await pages(chromium.cdp)).length === 0);
    wishes.set([wish]);
    await onlyPage();
  });

  it('are opened anew when they are to serve another purpose', async () => {
    const first = await onlyPage();
    wishes.set([{ ...wish, windowKind: 'console' }]);
    await until('another one stands', async () => (await onlyPage()).targetId !== first.targetId);
    wishes.set([wish]);
  });
});

describe('a browser whose main is killed without a word', () => {
  it('ends with it, and the next main removes what it left', async () => {
    const main = spawn(process.execPath, [fileURLToPath(new URL('./support/orphan-main.ts', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(main.stdout, 'data');
    const browserPid = Number(String(said));
    expect(processes().some((each) => each.group === browserPid)).toBe(true);
    main.kill('SIGKILL');
    await once(main, 'exit');
    await until('the browser has ended', () => !processes().some((each) => each.group === browserPid));
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`deedban-chromium-${main.pid}-`));
    const next = await startChromium({ path, sandbox, headless: size, clock: systemClock });
    await next.close();
    expect(left()).toEqual([]);
  });
});

describe('a browser that cannot come up', () => {
  it('is said so with its own words, and leaves nothing', async () => {
    const wrong = startChromium({ path: '/bin/false', sandbox, headless: size, clock: systemClock });
    await expect(wrong).rejects.toThrow('the browser did not come up');
    const missing = startChromium({ path: '/nonexistent/chromium', sandbox, headless: size, clock: systemClock });
    await expect(missing).rejects.toThrow('the browser could not be started');
    const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`deedban-chromium-${process.pid}-`));
    expect(own.length).toBeLessThanOrEqual(1);
  });
});
