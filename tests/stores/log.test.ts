import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../main/ports/clock.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openLog } from '../../main/stores/log/open-log.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { filesBelow, temporaryFolder } from './temporary-folder.ts';

const clock = { ...systemClock, utcMs: () => 1_700_000_000_000 };
const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string() });

const readLines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)));

describe('the log', () => {
  it('writes a line of JSON for each message, with its part and its facts, for this user alone', async () => {
    const folder = temporaryFolder();
    const { log, path, close } = openLog({ folder, secrets: createKnownSecrets(), clock });
    log.child('gateway').child('rtsp').warn('The camera is silent', { camera: 'pes-1', waitedMs: 250, last: null, level: 7 });
    log.debug('not written');
    await close();
    expect(path).toBe(join(folder, 'logs', 'deedban.log'));
    expect(readLines(path)).toEqual([
      {
        level: 40,
        time: 1_700_000_000_000,
        part: 'gateway.rtsp',
        facts: { camera: 'pes-1', waitedMs: 250, last: null, level: 7 },
        msg: 'The camera is silent',
      },
    ]);
    expect([statSync(path).mode & 0o777, statSync(join(folder, 'logs')).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('writes plain words for a person, without codes that steer a terminal', async () => {
    const shown: string[] = [];
    const terminal = { to: { write: (text: string) => shown.push(text) }, level: 'info' } as const;
    const { log, close } = openLog({ folder: temporaryFolder(), secrets: createKnownSecrets(), clock, terminal });
    log.info('Started');
    log.debug('not shown');
    log.child('gateway').error('It \u001b[2Janswered\nbadly', { port: 554 });
    await close();
    expect(shown).toEqual(['Started\n', 'Error: gateway: It  [2Janswered badly (port 554)\n']);
  });

  it(
    'shows no known password in file or terminal, in message, name or value',
    async () => {
      const unlike = /^(?=.*[^\d.,:…-])(?!.*(facts|level|time|part|plain|msg|Warning|first))[^…]{4,}$/s;
      await fc.assert(
        fc.asyncProperty(
          fc
            .string({ minLength: 4, maxLength: 20 })
            .filter(
              (text) =>
                unlike.test(text) &&
                !'{"level":40,"time":1700000000000,"part":"first","facts":{"first":"plain"},"msg":"Warning: first: "}'.includes(
                  text,
                ),
            ),
          async (password) => {
            const folder = temporaryFolder();
            const secrets = createKnownSecrets();
            const shown: string[] = [];
            const { log, path, close } = openLog({
              folder,
              secrets,
              clock,
              terminal: { to: { write: (text: string) => shown.push(text) }, level: 'info' },
            });
            secrets.addCredentials({ user: 'u', password });
            log.child('first').warn(`rtsp://u:${password}@h ${password}`, {
              first: `x${password}x`,
              [password]: 'plain',
              password: 'other-secret',
              url: `http://h/?pwd=${encodeURIComponent(password)}`,
            });
            await close();
            const text = readFileSync(path, 'utf8');
            for (const output of [text, shown.join('')]) {
              expect(output).not.toContain(password);
              expect(output).not.toContain(JSON.stringify(password).slice(1, -1));
              expect(output).not.toContain('other-secret');
            }
            rmSync(folder, { recursive: true });
          },
        ),
        sampled(60, 2_000),
      );
    },
    sampledLimitMs,
  );

  it('masks a number that is a password', async () => {
    const folder = temporaryFolder();
    const secrets = createKnownSecrets();
    secrets.addCredentials({ user: 'u', password: '998877' });
    const { log, path, close } = openLog({ folder, secrets, clock });
    log.info('x', { a: 998_877, b: 998_878 });
    await close();
    expect(readLines(path)).toMatchObject([{ facts: { a: '…', b: 998_878 } }]);
  });

  it('cuts what is too long and too much', async () => {
    const folder = temporaryFolder();
    const { log, path, close } = openLog({ folder, secrets: createKnownSecrets(), clock });
    log.info('x'.repeat(1_000_000), Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, index])));
    await close();
    expect(statSync(path).size).toBeLessThan(8_000);
    expect(readLines(path)[0]?.msg.endsWith('(cut)')).toBe(true);
  });

  it('turns over at its size, keeps so many files and no more, and loses no line of them', async () => {
    const folder = temporaryFolder();
    const { log, close } = openLog({ folder, secrets: createKnownSecrets(), clock, sizes: { fileMebibytes: 1, fileCount: 3 } });
    for (let index = 0; index < 3_600; index++) {
      log.info('x'.repeat(1_000), { index });
    }
    await close();
    const names = readdirSync(join(folder, 'logs')).toSorted();
    expect(names).toEqual(['deedban.log', 'deedban.log.1', 'deedban.log.2']);
    for (const { path, bytes } of filesBelow(folder)) expect(bytes.length, path).toBeLessThan(1_100_000);
    const kept = ['deedban.log.2', 'deedban.log.1', 'deedban.log'].flatMap((name) =>
      readLines(join(folder, 'logs', name)).map(
        (line) => z.object({ facts: z.object({ index: z.number() }) }).parse(line).facts.index,
      ),
    );
    expect(kept).toEqual(kept.map((_, index) => (kept[0] ?? 0) + index));
    expect(kept.at(-1)).toBe(3_599);
  });

  it('that gets more than the disk takes drops lines and says how many, instead of growing in memory', async () => {
    const folder = temporaryFolder();
    const { log, close } = openLog({ folder, secrets: createKnownSecrets(), clock });
    const count = 6_000;
    for (let index = 0; index < count; index++) log.info('x'.repeat(1_000));
    await close();
    const lines = readLines(join(folder, 'logs', 'deedban.log'));
    expect(lines.length).toBeLessThan(count);
    expect(lines.at(-1)?.msg).toBe(`${count - lines.length + 1} lines could not be written here`);
  });

  it('that cannot be written says so once, never ends the program, and is tried again later', async () => {
    const folder = temporaryFolder();
    const shown: string[] = [];
    let nowMs = 0;
    // The file's place is taken by a folder: what opening it does then is what a failing disk does.
    const { log, path, close } = openLog({
      folder,
      secrets: createKnownSecrets(),
      clock: { ...clock, monotonicMs: () => nowMs },
      terminal: { to: { write: (text: string) => shown.push(text) }, level: 'error' },
    });
    mkdirSync(path);
    log.info('lost');
    await expect.poll(() => shown.length).toBe(1);
    expect(shown[0]).toContain('cannot be written');
    log.info('lost too');
    rmdirSync(path);
    nowMs = 61_000;
    log.info('written');
    await close();
    expect(existsSync(path)).toBe(true);
    expect(readLines(path).map((line) => line.msg)).toEqual(['1 lines could not be written here', 'written']);
    expect(shown.length).toBe(1);
  });
});
