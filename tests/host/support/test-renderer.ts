import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { targets } from '../../../build/targets.ts';

/** A page in small: over the real bridge it says where it is and what it sees, each time it is asked and each time it connects. */
const pageScript = `
const told = [];
addEventListener('securitypolicyviolation', (event) => told.push(event.violatedDirective));
const say = async (pipe) => pipe.send(JSON.stringify({
  href: location.href, visible: document.visibilityState, left: screenX, top: screenY, width: innerWidth, height: innerHeight,
  history: history.length, cookie: document.cookie, violations: told,
}));
const connect = async () => {
  try {
    const pipe = await window.deedban.connect({
      onText: () => void say(pipe),
      onClose: (why) => why === 'gone' ? setTimeout(connect, 100) : (document.title = why),
    });
    await say(pipe);
  } catch (error) {
    document.title = error.message;
    if (error.message === 'gone') setTimeout(connect, 100);
  }
};
void connect();
`;

/** Builds the real preload beside a small page in a temporary folder. */
export async function makeTestRenderer(): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'deedban-test-renderer-'));
  const preload = targets['preload-browser'];
  await build({ ...preload, build: { ...preload?.build, outDir: dir, emptyOutDir: false } });
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'assets/page-Ab12Cd34.js'), pageScript);
  await writeFile(join(dir, 'assets/page-Ab12Cd34.css'), 'body { background: #123456; margin: 0 }\n');
  await writeFile(
    join(dir, 'index.html'),
    `<!doctype html><html><head><meta charset="utf-8"><title>test</title>
     <link rel="stylesheet" href="./assets/page-Ab12Cd34.css">
     <script src="/preload.js"></script></head>
     <body><script type="module" src="./assets/page-Ab12Cd34.js"></script></body></html>`,
  );
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
