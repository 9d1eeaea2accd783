import { mkdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { bundleParts } from '../../main/features/evidence/bundle-parts.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { readPageFont } from '../../main/stores/files/page-font.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { factsOf } from './clip-set-up.ts';

it('the certificate of an unpacked bundle brings its own letters for Urdu, and the licence that goes with them', async () => {
  const folder = temporaryFolder();
  const font = await readPageFont(join(outDir, 'fonts'));
  for (const part of await bundleParts({ ...factsOf([]), font }, await openFileVault(folder))) {
    const path = join(folder, 'data', part.path);
    await mkdir(dirname(path), { recursive: true });
    const pieces: Uint8Array[] = [];
    for await (const piece of part.read()) pieces.push(piece);
    await writeFile(path, Buffer.concat(pieces));
  }
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 900, height: 2_400 } });
  await page.goto(pathToFileURL(join(folder, 'data', 'certificate.html')).href);
  const faces = () =>
    page.evaluate(
      `document.fonts.ready.then((all) => [...all].map(({ family, status }) => family.replaceAll('"', '') + ' ' + status))`,
    );
  expect(await faces()).toEqual(['Bundle Naskh loaded']);
  // What it is drawn with, not what it asks for: the machine has fonts of its own.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'section[lang=ur] h1' });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  expect(fonts.map(({ isCustomFont }) => isCustomFont)).toEqual([true]);
  if (process.env['SHOTS']) {
    mkdirSync(process.env['SHOTS'], { recursive: true });
    await page.screenshot({ path: join(process.env['SHOTS'], 'certificate.png') });
  }
  await page.goto(pathToFileURL(join(folder, 'data', 'font-licence.txt')).href);
  expect(await page.locator('body').innerText()).toContain('SIL OPEN FONT LICENSE');
});
