import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves the bare page, and passes its offers on to the same gateway with the gateway's token: the bare page has no front
 * door, and the gateway speaks to no browser.
 */
export async function serveBarePage(endpoint: () => { url: string; token: string } | null) {
  const outDir = await mkdtemp(join(tmpdir(), 'deedban-bare-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('./bare-page', import.meta.url)),
    base: './',
    build: { outDir, target: 'esnext' },
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(request.url ?? '/', Buffer.concat(chunks).toString()).then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.writeHead(502).end(),
      );
    });
  });

  async function answer(url: string, body: string): Promise<{ status: number; type: string; body: string | Buffer }> {
    const path = new URL(url, 'http://127.0.0.1').pathname;
    if (path.startsWith('/whep/')) {
      const gateway = endpoint();
      if (!gateway) return { status: 503, type: 'text/plain', body: 'no gateway' };
      const reply = await fetch(new URL(path, gateway.url), {
        method: 'POST',
        headers: { 'content-type': 'application/sdp', authorization: `Bearer ${gateway.token}` },
        body,
      });
      return { status: reply.status, type: reply.headers.get('content-type') ?? 'text/plain', body: await reply.text() };
    }
    const name = path === '/' ? 'index.html' : path.slice(1);
    return { status: 200, type: types[extname(name)] ?? 'application/octet-stream', body: await readFile(join(outDir, name)) };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error(`no port for the bare page`);
  return {
    address: (cameras: readonly string[]) =>
      `http://127.0.0.1:${bound.port}/?cameras=${cameras.map((camera) => `${camera}/main`).join(',')}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outDir, { recursive: true });
    },
  };
}
