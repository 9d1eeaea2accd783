import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What `npm start` and its relatives understand. */
export interface StartOptions {
  readonly cameras: readonly string[];
  readonly cameraFile: string | null;
  /** The data folder; XDG's by default. */
  readonly data: string | null;
  readonly port: number | null;
  readonly tiles: number | null;
  readonly host: 'electron' | 'browser' | null;
  readonly windows: boolean;
  readonly sandbox: boolean;
  /** Straight into the wall, full screen, and leaving needs a PIN; a setting says the same. */
  readonly kiosk: boolean;
  /** Only asks for that PIN, stores it and ends. */
  readonly setPin: boolean;
}

export interface OptionDoc {
  readonly name: string;
  readonly value?: string;
  readonly text: string;
}

/** The options of everything that opens a wall. */
export const cameraOptionDocs: readonly OptionDoc[] = [
  { name: 'camera', value: 'ADDRESS', text: 'a camera to show, rtsp(s):// or http(s):// (WHEP); repeatable, for this run only' },
  { name: 'cameras', value: 'FILE', text: 'cameras from a .csv or .json file, for this run only' },
  { name: 'data', value: 'FOLDER', text: 'where Deedban keeps its data' },
  { name: 'tiles', value: 'N', text: 'tiles on each display, 1 to 64' },
  { name: 'no-sandbox', text: "without Chromium's sandbox (a notice stays on the wall)" },
];

export const startOptionDocs: readonly OptionDoc[] = [
  ...cameraOptionDocs,
  { name: 'port', value: 'N', text: "the browser host's port on loopback; any free one by default" },
  { name: 'host', value: 'electron|browser', text: 'which host runs Deedban; Electron by default, where it can' },
  { name: 'kiosk', text: 'all displays for the wall, full screen; leaving needs the PIN' },
  { name: 'set-pin', text: 'asks for the PIN that leaves a kiosk, stores it and ends' },
  { name: 'no-windows', text: 'opens no window; serves the wall on loopback and prints the address' },
];

/** A mistake on a command line, in words for the person who typed it. */
export class CommandLineError extends Error {}

/** The text behind `--help`. */
export function helpText(usage: string, docs: readonly OptionDoc[]): string {
  const rows = [...docs, { name: 'help', text: 'this text' }].map((doc) => {
    const left = `--${doc.name}${'value' in doc && doc.value ? ` ${doc.value}` : ''}`;
    return `  ${left.padEnd(26)} ${doc.text}`;
  });
  return [usage, '', ...rows, ''].join('\n');
}

/** The raw values of a command line by option name. Throws a CommandLineError for an unknown option or a stray word. */
export function readOptions(argv: readonly string[], docs: readonly OptionDoc[]): ReadonlyMap<string, readonly string[]> {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean' } };
  for (const doc of docs) options[doc.name] = doc.value ? { type: 'string', multiple: true } : { type: 'boolean' };
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    return new Map(
      Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : [String(value)]]),
    );
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('. To specify')[0] ?? error.message) : 'it cannot be read';
    throw new CommandLineError(`${words} (--help lists the options)`);
  }
}

/** One whole number out of `values`, within bounds, or null where it was not given. Throws a CommandLineError. */
export function numberOption(
  values: ReadonlyMap<string, readonly string[]>,
  name: string,
  min: number,
  max: number,
): number | null {
  const text = values.get(name)?.at(-1);
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new CommandLineError(`--${name} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** The options of `npm start` (and of `proof`, which passes those it shares). Throws a CommandLineError. */
export function startOptions(values: ReadonlyMap<string, readonly string[]>): StartOptions {
  const host = values.get('host')?.at(-1) ?? null;
  if (host !== null && host !== 'electron' && host !== 'browser') {
    throw new CommandLineError(`--host is electron or browser, not "${host}"`);
  }
  return {
    cameras: values.get('camera') ?? [],
    cameraFile: values.get('cameras')?.at(-1) ?? null,
    data: values.get('data')?.at(-1) ?? null,
    port: numberOption(values, 'port', 1, 65_535),
    tiles: numberOption(values, 'tiles', 1, 64),
    host,
    windows: !values.has('no-windows'),
    sandbox: !values.has('no-sandbox'),
    kiosk: values.has('kiosk'),
    setPin: values.has('set-pin'),
  };
}
