import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a new main needs to take over a gateway whose main died. For the owner's eyes only (mode 600, directory 700). */
export const gatewayCardSchema = z.strictObject({
  pid: z.int().min(1),
  controlPath: z.string().min(1),
  controlKey: z.string().min(16),
  token: z.string().min(16),
  whepUrl: z.url(),
});
export type GatewayCard = z.infer<typeof gatewayCardSchema>;

const fileName = 'gateway.json';

/** Null where there is none, or none that can be read. */
export async function readGatewayCard(runDir: string): Promise<GatewayCard | null> {
  try {
    const card = gatewayCardSchema.safeParse(JSON.parse(await readFile(join(runDir, fileName), 'utf8')));
    return card.success ? card.data : null;
  } catch {
    return null;
  }
}

/** Replaces it at once: a reader sees the old or the new one. */
export async function writeGatewayCard(runDir: string, card: GatewayCard): Promise<void> {
  const part = join(runDir, `${fileName}.${process.pid}`);
  await rm(part, { force: true });
  await writeFile(part, JSON.stringify(card), { mode: 0o600, flag: 'wx' });
  await rename(part, join(runDir, fileName));
}

/** Forgets the gateway. Never throws. */
export async function removeGatewayCard(runDir: string): Promise<void> {
  await rm(join(runDir, fileName), { force: true }).catch(() => {});
}

/** A fresh random secret that fits a header: 32 bytes. */
export function freshSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A Unix socket's path may have about 100 bytes (sun_path: 108 on Linux, 104 on macOS). */
const longestSocketPath = 100;

/** Where the next gateway listens for main: a named pipe on Windows, else a socket in a directory only we may enter. */
export async function freshControlPath(runDir: string): Promise<string> {
  const name = `gateway-${randomBytes(6).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\deedban-${name}`;
  await mkdir(runDir, { recursive: true, mode: 0o700 });
  await chmod(runDir, 0o700);
  const path = join(runDir, `${name}.sock`);
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  return join(await mkdtemp(join(tmpdir(), 'deedban-')), 'gateway.sock');
}

/** Removes what a gateway that was killed left behind. Never throws. */
export async function removeControlPath(runDir: string, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const own = dirname(path) === runDir ? path : dirname(path);
  await rm(own, { recursive: own !== path, force: true }).catch(() => {});
}
