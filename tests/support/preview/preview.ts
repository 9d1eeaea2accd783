import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type LibraryOptions } from 'vite';
import { bundleIfStale } from '../../../build/bundle.ts';
import { outDir, root } from '../../../build/paths.ts';
import { contentSecurityPolicy } from '../../../main/hosts/content-security.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** The renderer, built, in a real Chromium, with main and gateway pretended inside the page. */
export interface Preview {
  readonly browser: Browser;
  /** Opens a window; `values` are states of the contract to begin with. `onFault` hears errors and warnings of the page. */
  open(
    values: Record<string, unknown>,
    size?: { width: number; height: number },
    onFault?: (fault: string) => void,
  ): Promise<Page>;
  close(): Promise<void>;
}

/** Serves the renderer as it was built, with its preload replaced; everything that was made is gone after `close`. */
export async function startPreview(): Promise<Preview> {
  await bundleIfStale();
  const pretendMain = await buildPretendMain();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://preview').pathname);
    const file = path === '/' ? 'index.html' : path;
    (file === '/preload.js' ? Promise.resolve(pretendMain) : readFile(join(outDir, 'renderer', file))).then(
      (body) => {
        const type = types[extname(path)] ?? 'text/html';
        response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': contentSecurityPolicy }).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--allow-loopback-in-peer-connection'],
  });
  return {
    browser,
    async open(values, size = { width: 1280, height: 720 }, onFault = () => {}) {
      const page = await browser.newPage({ viewport: size });
      page.setDefaultTimeout(60_000);
      page.on('pageerror', (error) => onFault(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') onFault(message.text());
      });
      // The directory's worker asks by itself; what the page pretends does not reach it.
      await page.route(
        ({ pathname }) => pathname.startsWith('/directory/'),
        (route) => route.fulfill({ json: values['pretend.directory'] ?? values['wall.cameras'] ?? [] }),
      );
      await page.addInitScript((given) => Object.assign(globalThis, { pretendValues: given }), values);
      await page.goto(`http://127.0.0.1:${port}/`);
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function buildPretendMain(): Promise<string> {
  const entry = join(root, 'tests/support/preview/pretend-main.browser.ts');
  const lib: LibraryOptions = { entry, formats: ['iife'], name: 'pretendMain' };
  const built = await build({ configFile: false, logLevel: 'error', root, publicDir: false, build: { write: false, lib } });
  const [bundle] = Array.isArray(built) ? built : [];
  const [chunk] = bundle?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('the pretended main was not built');
  return chunk.code;
}
