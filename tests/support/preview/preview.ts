import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../../main/hosts/content-security.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
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

/** Builds and serves; everything it made is gone after `close`. */
export async function startPreview(): Promise<Preview> {
  const outDir = await mkdtemp(join(tmpdir(), 'deedban-preview-'));
  const quiet = { configFile: false, logLevel: 'error' } as const;
  await build({
    ...quiet,
    root: join(root, 'renderer'),
    plugins: [react()],
    build: { outDir, target: 'es2024', assetsInlineLimit: 0, emptyOutDir: true },
  });
  await build({
    ...quiet,
    root,
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      lib: {
        entry: join(root, 'tests/support/preview/pretend-main.browser.ts'),
        formats: ['iife'],
        name: 'pretendMain',
        fileName: () => 'preload.js',
      },
    },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://preview').pathname);
    readFile(join(outDir, path === '/' ? 'index.html' : path)).then(
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
  });
  return {
    browser,
    async open(values, size = { width: 1280, height: 720 }, onFault = () => {}) {
      const page = await browser.newPage({ viewport: size });
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
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
