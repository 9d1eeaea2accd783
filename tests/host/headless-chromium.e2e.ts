import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import { type BrowserHost, createBrowserHost } from '../../main/hosts/browser/browser-host.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { firstSeat } from '../../main/ports/settings.ts';
import { until } from '../support/until.ts';
import { createFakeProgram, type FakeProgram } from './support/fake-program.ts';
import { family, type ProcessFacts, processes } from './support/processes.ts';
import { createRememberingLog } from './support/remembering-log.ts';
import { makeTestRenderer } from './support/test-renderer.ts';

let renderer: Awaited<ReturnType<typeof makeTestRenderer>>;
let host: BrowserHost;
let program: FakeProgram;
let lines: string[];
const inCi = process.env['CI'] === 'true';

beforeAll(async () => {
  renderer = await makeTestRenderer();
});
afterAll(() => renderer.remove());
beforeEach(async () => {
  program = createFakeProgram();
  const remembering = createRememberingLog();
  lines = remembering.lines;
  host = await createBrowserHost({
    program,
    clock: systemClock,
    log: remembering.log,
    rendererDir: renderer.dir,
    port: null,
    preferredPort: null,
    sessionKey: randomBytes(32),
    seats: [firstSeat],
    wishes: createCell([]),
    windows: 'headless',
    sandbox: !inCi,
    headlessSize: { width: 1_280, height: 720 },
  });
});
afterEach(() => host.close());

const browserPid = () => host.windows?.pid() ?? undefined;
const page = () => until('the page speaks', () => program.open().find((window) => window.said() !== null));
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`deedban-chromium-${process.pid}-`));

describe('a wall in a headless Chromium', () => {
  it('is let in once, covers its screen, and leaves no code in its address, cookies or command lines', async () => {
    const { admission, said } = await page();
    expect(admission).toMatchObject({ displayId: 'wall', windowKind: 'wall', seat: { ...firstSeat, signedIn: false } });
    expect(said()).toMatchObject({
      href: `${host.url}?window=${admission.windowId}`,
      visible: 'visible',
      width: 1_280,
      height: 720,
      cookie: '',
      violations: [],
    });
    const picture = await host.screenshot();
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1_280, 720]);
    const commands = family(browserPid() ?? 0).map((each) => each.command);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) expect(command).not.toMatch(/code=|window=|127\.0\.0\.1|remote-debugging-port/);
    expect(lines.join('\n')).not.toMatch(/code=/);
  });

  it('runs its pages in the sandbox, never as root', async () => {
    await page();
    for (const each of family(browserPid() ?? 0)) expect(each.uid).not.toBe(inCi ? -1 : 0);
    const isInSandbox = ({ seccomp, namespaces }: ProcessFacts) => inCi || (seccomp === 2 && namespaces > 1);
    // The browser keeps a process ready for the next page, which may be closing its sandbox only now.
    await until('every page is in it', () => {
      const pages = family(browserPid() ?? 0).filter((each) => each.command.includes('--type=renderer'));
      return pages.length > 0 && pages.every(isInSandbox);
    });
  });

  it('comes back as the same window when its page is killed', async () => {
    const first = await page();
    // Which of them has the page is not written on it.
    for (const each of family(browserPid() ?? 0)) if (each.command.includes('--type=renderer')) process.kill(each.pid, 'SIGKILL');
    await until('the first pipe ends', () => first.closed);
    const second = await page();
    expect(second.admission.windowId).toBe(first.admission.windowId);
    expect(second.said()?.width).toBe(1_280);
  });

  it('comes back with a new browser when the browser is killed, and the old one leaves nothing', async () => {
    const first = await page();
    const pid = browserPid() ?? Number.NaN;
    const [folder] = folders();
    process.kill(pid, 'SIGKILL');
    await until('the first pipe ends', () => first.closed);
    const second = await page();
    expect(second.admission.windowId).toBe(first.admission.windowId);
    expect(browserPid()).not.toBe(pid);
    await until('the old folder is gone', () => !folders().includes(folder ?? ''));
    expect(processes().filter((each) => each.group === pid)).toEqual([]);
  });

  it('leaves no process and no folder when it is closed', async () => {
    await page();
    const pid = browserPid();
    const [folder] = folders();
    expect(folder).toBeDefined();
    await host.close();
    expect(processes().filter((each) => each.group === pid || each.command.includes(folder ?? '?'))).toEqual([]);
    expect(folders()).toEqual([]);
  });
});
