import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface XorgDummy {
  /** What a client needs in its environment: the server admits nobody without its secret. */
  readonly env: { readonly DISPLAY: string; readonly XAUTHORITY: string };
  /** The RandR outputs that are on, from left to right. */
  readonly outputs: readonly string[];
  /** Places the outputs that are named side by side at `size`, and turns all others off. */
  show(outputs: readonly string[]): Promise<void>;
  /** Places outputs of any size and turn, the first as the primary, and turns all others off. */
  arrange(placed: readonly PlacedOutput[]): Promise<void>;
  /** Has the display at this output say how large its glass is, in millimetres. */
  measure(output: string, size: { readonly width: number; readonly height: number }): Promise<void>;
  /** Turns one output off and leaves the others where they are. */
  turnOff(output: string): Promise<void>;
  close(): Promise<void>;
}

export interface PlacedOutput {
  readonly output: string;
  /** In pixels, as the output is seen: an upright one is higher than wide. */
  readonly width: number;
  readonly height: number;
  /** Where its upper left corner lies on the desktop. */
  readonly x: number;
  readonly y: number;
}

/** The real programs this needs; a test is skipped, and says so, where one is missing. */
export function missingForXorgDummy(): string[] {
  const wanted: Record<string, string[]> = {
    'xserver-xorg-core': ['/usr/lib/xorg/Xorg'],
    'xserver-xorg-video-dummy': ['/usr/lib/xorg/modules/drivers/dummy_drv.so'],
    'x11-xserver-utils': ['/usr/bin/xrandr'],
    openbox: ['/usr/bin/openbox'],
  };
  return Object.entries(wanted)
    .filter(([, paths]) => !paths.some((path) => existsSync(path)))
    .map(([name]) => name);
}

/** A real X server with `count` RandR outputs in a row and a window manager, on a display number nobody uses. */
export async function startXorgDummy(options: {
  count: number;
  width: number;
  height: number;
  /** Room for outputs of other sizes; by default just that of the row. */
  desktop?: { readonly width: number; readonly height: number };
}): Promise<XorgDummy> {
  const { count, width, height } = options;
  const desktop = options.desktop ?? { width: width * count, height };
  const dir = await mkdtemp(join(tmpdir(), 'deedban-xorg-'));
  const config = join(dir, 'xorg.conf');
  await writeFile(config, xorgConfig(desktop.width, desktop.height));
  const authority = join(dir, 'xauthority');
  await writeFile(authority, authorityFile(), { mode: 0o600 });
  const server = spawn(
    '/usr/lib/xorg/Xorg',
    [
      '-auth',
      authority,
      '-displayfd',
      '3',
      '-config',
      config,
      '-logfile',
      join(dir, 'xorg.log'),
      '-noreset',
      '-nolisten',
      'tcp',
      '-novtswitch',
      '-sharevts',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], cwd: dir },
  );
  const serverEnded = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const display = await readDisplayNumber(server.stdio[3], serverEnded);
  const access = { DISPLAY: display, XAUTHORITY: authority };
  const env = { ...process.env, ...access };
  const manager = spawn('openbox', [], { stdio: 'ignore', env, cwd: dir });
  const managerEnded = new Promise<void>((resolve) => manager.once('exit', () => resolve()));

  const outputs = Array.from({ length: count }, (_, index) => `DUMMY${index}`);
  const xrandr = (...args: string[]) => run('xrandr', args, { env });
  const mode = `${width}x${height}`;
  const modes = new Set([`${outputs[0]} ${mode}`]);
  /** A mode of this size that the output has from now on. */
  async function modeFor(output: string, size: string): Promise<string> {
    const [across = 0, down = 0] = size.split('x').map(Number);
    if (!modes.has(size) && size !== mode) {
      // Timings matter to no dummy; each has to be longer than the one before.
      const line = (of: number) => [of, of + 8, of + 16, of + 24].map(String);
      await xrandr('--newmode', `deedban-${size}`, '100', ...line(across), ...line(down));
      modes.add(size);
    }
    const name = size === mode ? mode : `deedban-${size}`;
    if (!modes.has(`${output} ${size}`)) await xrandr('--addmode', output, name);
    modes.add(`${output} ${size}`);
    return name;
  }
  const arrange = async (placed: readonly PlacedOutput[]) => {
    for (const output of outputs.filter((each) => !placed.some((one) => one.output === each)))
      await xrandr('--output', output, '--off');
    const words: string[] = [];
    for (const { output, width, height, x, y } of placed) {
      const name = await modeFor(output, `${width}x${height}`);
      words.push('--output', output, '--mode', name, '--pos', `${x}x${y}`, ...(words.length === 0 ? ['--primary'] : []));
    }
    // All at once: of each step xrandr would make a desktop that begins at 0, and who looks in between would see displays on one another.
    await xrandr(...words);
  };
  const show = (wanted: readonly string[]) =>
    arrange(wanted.map((output, index) => ({ output, width, height, x: index * width, y: 0 })));
  for (const output of outputs.slice(1)) await modeFor(output, mode);
  await show(outputs);
  return {
    env: access,
    outputs,
    show,
    arrange,
    async measure(output, size) {
      await xrandr('--output', output, '--set', 'WIDTH_MM', String(size.width));
      await xrandr('--output', output, '--set', 'HEIGHT_MM', String(size.height));
    },
    turnOff: async (output) => {
      await xrandr('--output', output, '--off');
    },
    async close() {
      manager.kill();
      await managerEnded;
      server.kill();
      await serverEnded;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function readDisplayNumber(pipe: unknown, ended: Promise<void>): Promise<string> {
  if (!(pipe instanceof Readable)) throw new Error('Xorg was started without its display pipe');
  const first = new Promise<string>((resolve) => pipe.once('data', (data) => resolve(String(data).trim())));
  const number = await Promise.race([first, ended.then(() => null)]);
  if (number === null) throw new Error('Xorg ended before it had a display');
  return `:${number}`;
}

/** One entry for every host and display: family 0xffff, then address, number, name and data, each with its length. */
function authorityFile(): Buffer {
  const field = (data: Buffer) => Buffer.concat([Buffer.from([data.length >> 8, data.length & 0xff]), data]);
  const none = Buffer.alloc(0);
  const fields = [none, none, Buffer.from('MIT-MAGIC-COOKIE-1'), randomBytes(16)].map(field);
  return Buffer.concat([Buffer.from([0xff, 0xff]), ...fields]);
}

/** A wide virtual screen without any hardware; the pixel clock range admits every usual mode. */
export function xorgConfig(virtualWidth: number, virtualHeight: number): string {
  return `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 512000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual ${virtualWidth} ${virtualHeight}
  EndSubSection
EndSection
`;
}
