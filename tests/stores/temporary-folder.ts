import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../main/ports/log.ts';

/** A new folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deedban-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file below a folder with its bytes. */
export function filesBelow(folder: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, bytes: readFileSync(path) }));
}

export interface CollectedLog extends Log {
  readonly lines: string[];
}

/** A log that keeps its messages, with their facts, for the test to read. */
export function collectLog(): CollectedLog {
  const lines: string[] = [];
  const note = (message: string, fields?: object) =>
    lines.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  const log: CollectedLog = { lines, debug: note, info: note, warn: note, error: note, child: () => log };
  return log;
}
