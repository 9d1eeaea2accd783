import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCell } from '../../../core/rpc/cell.ts';
import type { StartOptions } from '../../command-line.ts';
import { systemClock } from '../../ports/clock.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { type Services, startServices } from '../../start-services.ts';
import { openConfSettings } from '../../stores/conf-settings.ts';
import { openSecretStore } from '../../stores/secrets/open-secret-store.ts';
import { createNodeGatewaySpawner } from '../../supervision/node-gateway-process.ts';
import { createNodeGuardSpawner } from '../../supervision/guard-child.ts';
import type { HostAbout } from '../../../core/host/host.contract.ts';
import { browserKiosk } from '../kiosk-abilities.ts';
import { windowSystem } from '../window-system.ts';
import { createX11Displays } from '../x11-displays.ts';
import { type BrowserHost, createBrowserHost } from './browser-host.ts';
import { prove, type ProofResult } from './proof.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What a running browser host offers to those who started it: `npm start`, `proof`, and the benches. */
export interface RunningBrowserHost {
  readonly services: Services;
  readonly host: BrowserHost;
  /** Resolves when somebody leaves the wall. */
  readonly left: Promise<void>;
  close(): Promise<void>;
}

export interface BrowserHostOptions extends StartOptions {
  readonly temporaryData: boolean;
  readonly show: 'displays' | 'none' | 'headless';
  /** Told each new address of a seat after its first: the last one was used, or became too old. */
  addressChanged?(address: string, seatNumber: number): void;
}

/** Starts services and host. Rejects with words for a person. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<RunningBrowserHost> {
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const displays = createX11Displays({ clock: systemClock });
  await displays.ready;
  const about = createCell<HostAbout>({
    version: __DEEDBAN_VERSION__,
    abilities: { leave: options.show === 'displays', saves: false, kiosk: { on: false, ...browserKiosk } },
    notices: [
      ...(options.sandbox ? [] : (['sandbox-off'] as const)),
      ...(options.show === 'displays' && displays.oneWindow ? (['one-window'] as const) : []),
    ],
  });
  const services = await startServices(options, {
    // What nobody opens a window on is no display of this wall.
    displays: options.show === 'displays' ? displays.displays : createCell([]),
    about,
    openSettings: openConfSettings,
    keyring: () => Promise.resolve(null),
    spawnGateway: () => createNodeGatewaySpawner(beside('./gateway.js')),
    spawnGuard: createNodeGuardSpawner(beside('./ptz-guard.js')),
    // Its windows are Chromium's, which asks by itself.
    askSavePlace: null,
    leave,
  });
  try {
    const sessionKey = await openSessionKey(services);
    const host = await createBrowserHost({
      program: services.program,
      clock: services.clock,
      log: services.log.child('host'),
      rendererDir: beside('./renderer'),
      port: options.port,
      preferredPort: services.settings.values.current().lastPort,
      sessionKey,
      seats: services.settings.values.current().seats,
      wishes: services.program.windows,
      windows: options.show,
      printedKind: services.kiosk ? 'wall' : 'shared',
      sandbox: options.sandbox,
      ...(options.addressChanged ? { addressChanged: options.addressChanged } : {}),
    });
    await services.settings.update({ lastPort: host.port });
    return {
      services,
      host,
      left,
      async close() {
        displays.close();
        await host.close();
        await services.close();
      },
    };
  } catch (error) {
    displays.close();
    await services.close();
    throw error;
  }
}

/** What windows' cookies are signed with. Where it cannot be kept, browsers that were let in have to be let in again after a start. */
async function openSessionKey({ dataFolder, log }: Services): Promise<Buffer> {
  const name = 'browser-host/session-key';
  const fresh = randomBytes(32);
  try {
    const secrets = await openSecretStore(dataFolder, 'secrets');
    const kept = secrets.get(name);
    if (kept !== null) return Buffer.from(kept, 'base64');
    await secrets.change(new Map([[name, fresh.toString('base64')]]));
  } catch (error) {
    if (!(error instanceof StoreProblem)) throw error;
    log.error('The key of the windows cannot be kept', { reason: error.message });
  }
  return fresh;
}

/** `npm start` in the browser host: runs until somebody leaves or a signal comes. Returns the exit code. */
export async function runBrowserHost(options: StartOptions): Promise<number> {
  const hasDisplay = options.windows && windowSystem(process.platform, process.env) !== null;
  return reportingProblems(async () => {
    const signalled = untilSignal();
    let named = false;
    const printAddress = (address: string, seatNumber: number) =>
      process.stdout.write(named ? `seat ${seatNumber}: ${address}\n` : `${address}\n`);
    const running = await startBrowserHost({
      ...options,
      temporaryData: false,
      show: hasDisplay ? 'displays' : 'none',
      ...(hasDisplay ? {} : { addressChanged: printAddress }),
    });
    const { seats } = running.services.settings.values.current();
    named = seats.length > 1;
    for (const { where, reason } of running.services.program.refused.current())
      process.stderr.write(`not taken: ${where}: ${reason}\n`);
    const { metrics } = running.services;
    if (metrics) process.stderr.write(`Figures for monitoring: ${metrics.address} (token: ${metrics.tokenFile})\n`);
    if (hasDisplay) process.stderr.write(`The wall is on the displays. ${howToLeave(running.services)}\n`);
    else
      process.stderr.write(
        `There is no display here. Open ${named ? "each seat's" : 'this'} address once, in a browser on this machine:\n`,
      );
    if (!hasDisplay) for (const { number } of seats) printAddress(running.host.printedAddress(undefined, number), number);
    await Promise.race([running.left, signalled]);
    await running.close();
    return 0;
  });
}

export interface ProofOptions {
  readonly options: StartOptions;
  readonly commandAtMs: number;
  readonly measureMs: number;
  readonly timeoutMs: number;
  readonly picture: string;
  readonly json: boolean;
}

/** `npm run proof`: a wall nobody sees, measured. Returns 0 only where every tile is live at the end. */
export async function runProof(proof: ProofOptions): Promise<number> {
  return reportingProblems(async () => {
    const running = await startBrowserHost({ ...proof.options, temporaryData: true, show: 'headless' });
    try {
      const { program } = running.services;
      for (const { where, reason } of program.refused.current()) process.stderr.write(`not taken: ${where}: ${reason}\n`);
      const result = await prove({
        tiles: program.tiles,
        shown: () => program.shown('wall'),
        commandAtMs: proof.commandAtMs,
        timeoutMs: proof.timeoutMs,
        measureMs: proof.measureMs,
        progress: (live, all) => process.stderr.write(`${live} of ${all} tiles are live\n`),
      });
      await writeFile(proof.picture, await running.host.screenshot());
      process.stdout.write(proof.json ? `${JSON.stringify(result)}\n` : proofTable(result, proof.picture));
      return result.tiles.length > 0 && result.live === result.tiles.length ? 0 : 1;
    } finally {
      await running.close();
    }
  });
}

function proofTable(result: ProofResult, picture: string): string {
  const rows = result.tiles.map((tile) =>
    [
      `tile ${tile.tile + 1}`.padEnd(8),
      (tile.camera ?? 'empty').padEnd(24),
      (tile.verdict ?? tile.state).padEnd(18),
      `${tile.fps} fps`.padStart(9),
      `${tile.width}×${tile.height}`.padStart(11),
      `${tile.bitrateKbps} kbit/s`.padStart(14),
      `${tile.packetsLost} lost`.padStart(9),
      `${tile.freezes} freezes`.padStart(11),
      `jitter ${whole(tile.jitterMs)}`.padStart(12),
      `buffer ${whole(tile.bufferMs)}`.padStart(13),
      `travel ${whole(tile.travelMs)}`.padStart(13),
      `  ${tile.decoder} (${tile.decoderSource})`,
    ].join(' '),
  );
  const ms = (value: number | null) => (value === null ? 'never' : `${Math.round(value)} ms`);
  const sum = `${result.live} of ${result.tiles.length} live; first picture after ${ms(result.startMs)}, all after ${ms(result.wallMs)}; picture of the wall: ${picture}`;
  const { decodeCores, droppedPerS, receivedMbps, steppedDown } = result.wall;
  const lowered = Object.entries(steppedDown).map(([why, count]) => `; ${count} stepped down (${why})`);
  const wall = `pictures were in decoders, with waiting, for ${decodeCores.toFixed(2)} s of each second; ${receivedMbps.toFixed(1)} Mbit/s received; ${droppedPerS.toFixed(1)} pictures/s dropped${lowered.join('')}`;
  return `${[...rows, wall, sum].join('\n')}\n`;
}

const whole = (ms: number | null): string => (ms === null ? '? ms' : `${Math.round(ms)} ms`);

function howToLeave({ kiosk, settings }: Services): string {
  if (!kiosk) return 'Hold Esc for two seconds to leave.';
  if (settings.values.current().kioskPin !== null) return 'This is a kiosk: leaving needs the PIN.';
  return 'This is a kiosk and no PIN is set: nobody can leave from the wall. Set one with npm start -- --set-pin.';
}

/** A first signal ends in order; a second one ends at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Runs `work`; what a person can mend is said in words, with exit code 4. */
async function reportingProblems(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !error.name.endsWith('Problem')) throw error;
    process.stderr.write(`${error.message}\n`);
    return 4;
  }
}
