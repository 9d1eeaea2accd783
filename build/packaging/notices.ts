import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type InstalledPackage, packageTree } from './package-tree.ts';

const licenseFile = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i;
const rule = '\n\n'.concat('='.repeat(78), '\n\n');

/**
 * The licences of everything that a package of ours contains beside Electron (which brings its own files): the given
 * packages and what they need. Rejects where a licence does not allow that, or where a package does not say.
 */
export async function collectNotices(names: readonly string[], root: string): Promise<string> {
  const packages = [...(await packageTree(names, root)).values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const refused = packages.filter((found) => !mayShip(found.license));
  if (refused.length > 0) {
    const list = refused.map((found) => `${found.name} (${found.license})`).join(', ');
    throw new Error(`These packages may not be shipped inside Deedban: ${list}.`);
  }
  const parts = await Promise.all(packages.map(notice));
  const head = [
    'Deedban contains the following third-party software. Each part has its own licence.',
    'The source of parts under the Mozilla Public License is at the address given with them.',
    'Electron and Chromium: see LICENSE.electron.txt and LICENSES.chromium.html.',
  ].join('\n');
  return `${[head, ...parts].join(rule)}\n`;
}

/** Licences that may be passed on in an Apache-2.0 program: permissive ones, and MPL-2.0, which is a file's own matter. */
function mayShip(license: string): boolean {
  const allowed = /^(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|CC0-1\.0|Unlicense|OFL-1\.1|BlueOak-1\.0\.0|MPL[- ]2\.0)$/;
  return license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => allowed.test(one.trim()));
}

async function notice(found: InstalledPackage): Promise<string> {
  const names = (await readdir(found.folder)).filter((name) => licenseFile.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(found.folder, name), 'utf8')));
  const head = `${found.name} ${found.version}\nLicence: ${found.license}${found.source === null ? '' : `\nSource: ${found.source}`}`;
  return [head, ...texts.map((text) => text.trim())].join('\n\n');
}
