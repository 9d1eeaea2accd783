import { randomBytes } from 'node:crypto';
import { createCell } from '../../../core/rpc/cell.ts';
import { type BrowserHost, createBrowserHost } from '../../../main/hosts/browser/browser-host.ts';
import { createDisplaysFeature, type DisplaysFeature } from '../../../main/features/displays/displays-feature.ts';
import { createX11Displays } from '../../../main/hosts/x11-displays.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import { firstSeat } from '../../../main/ports/settings.ts';
import { memoryRegistry } from '../../displays/displays-set-up.ts';
import { missingForXorgDummy, startXorgDummy, type XorgDummy } from '../../support/xorg-dummy.ts';
import { createFakeProgram, type FakeProgram } from './fake-program.ts';
import { createRememberingLog } from './remembering-log.ts';
import { makeTestRenderer } from './test-renderer.ts';

/** The displays of a real X server, the windows of a real browser on them, and between the two what decides where they stand. */
export interface WallOnDisplays {
  readonly xorg: XorgDummy;
  readonly feature: DisplaysFeature;
  readonly host: BrowserHost;
  readonly program: FakeProgram;
  /** Where the page of each display said last that it is, by the display's id; asks them anew. */
  places(): ReadonlyMap<string, string | null>;
  close(): Promise<void>;
}

/** Rejects where one of the real programs is missing. `before` may change the displays before anybody looks at them. */
export async function startWallOnDisplays(
  size: { count: number; width: number; height: number },
  before: (xorg: XorgDummy) => Promise<unknown> = async () => {},
): Promise<WallOnDisplays> {
  const missing = missingForXorgDummy();
  if (missing.length > 0) throw new Error(`this test needs Debian's packages ${missing.join(' ')}`);
  const program = createFakeProgram();
  const renderer = await makeTestRenderer();
  const xorg = await startXorgDummy(size);
  await before(xorg);
  const env = { ...process.env, ...xorg.env };
  const displays = createX11Displays({ clock: systemClock, env });
  await displays.ready;
  const feature = createDisplaysFeature({
    clock: systemClock,
    log: createRememberingLog().log,
    registry: memoryRegistry(),
    displays: displays.displays,
    kiosk: false,
    miniatures: createCell([]),
    forgotten: () => {},
  });
  await feature.ready;
  const host = await createBrowserHost({
    program,
    clock: systemClock,
    log: createRememberingLog().log,
    rendererDir: renderer.dir,
    port: null,
    preferredPort: null,
    sessionKey: randomBytes(32),
    seats: [firstSeat],
    wishes: feature.windows,
    windows: 'displays',
    sandbox: process.env['CI'] !== 'true',
    env,
  });
  return {
    xorg,
    feature,
    host,
    program,
    places() {
      for (const window of program.open()) window.transport.send('where are you?').catch(() => {});
      return new Map(
        program.open().map(({ admission, said }) => {
          const where = said();
          return [
            admission.displayId,
            where && `${where.width}x${where.height}+${where.left}+${where.top} ${where.visible}`,
          ] as const;
        }),
      );
    },
    async close() {
      displays.close();
      await feature.close?.();
      await host.close();
      await xorg.close();
      await renderer.remove();
    },
  };
}
