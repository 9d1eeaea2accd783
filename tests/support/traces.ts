import { readdirSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { processTree } from '../bench/process-tree.ts';

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of names) if ((await stat(join(folder, name)).catch(() => null))?.isFile()) files.push(join(folder, name));
  return files;
}

/** What a secret may look like where it leaked. */
export function formsOf(user: string, password: string): readonly string[] {
  const pair = Buffer.from(`${user}:${password}`).toString('base64');
  const alone = Buffer.from(password).toString('base64').replace(/=+$/, '');
  return [...new Set([password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1), pair, alone])];
}

/** Processes of the machine that name this folder or this program, besides the tree of `root`. */
function others(marks: readonly string[], lines: ReadonlyMap<number, string>): number[] {
  return [...lines].filter(([, line]) => marks.some((mark) => line.includes(mark))).map(([pid]) => pid);
}

/** Where any of `forms` is found: files below the folders, command lines and environments of the program's processes, and `places`. */
export async function findTraces(options: {
  readonly forms: readonly string[];
  readonly folders: readonly string[];
  readonly pids: readonly number[];
  readonly places: ReadonlyMap<string, string>;
}): Promise<readonly string[]> {
  const places = new Map(options.places);
  const lines = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    lines.set(Number(name), await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''));
  const pids = new Set([...options.pids.flatMap((pid) => processTree(pid)), ...others(options.folders, lines)]);
  for (const pid of pids) {
    places.set(`command line of ${pid}`, lines.get(pid) ?? '');
    places.set(`environment of ${pid}`, await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => ''));
  }
  for (const folder of options.folders) {
    for (const file of await filesBelow(folder)) places.set(file, await readFile(file, 'latin1').catch(() => ''));
  }
  return [...places].filter(([, text]) => options.forms.some((form) => text.includes(form))).map(([place]) => place);
}
