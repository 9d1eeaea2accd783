import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { setPin } from '../../main/set-pin.ts';
import { createArgon2PinHash } from '../../main/stores/argon2-pin-hash.ts';
import { openConfSettings } from '../../main/stores/conf-settings.ts';
import { openDataDir } from '../../main/stores/files/data-dir.ts';
import { until } from '../support/until.ts';
import { createRememberingLog } from './support/remembering-log.ts';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'deedban-set-pin-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** A terminal that somebody types on; `said` is what it shows. */
function pretendTerminal(isTTY = true) {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: (on: boolean) => raw.push(on) });
  let said = '';
  const output = {
    write(text: string) {
      said += text;
    },
  };
  return { terminal: { input, output }, input, raw, said: () => said };
}

/** Starts it, and types each text when the next question is there. */
async function type(...texts: readonly string[]) {
  const pretended = pretendTerminal();
  const code = setPin({ data, terminal: pretended.terminal, openSettings: openConfSettings });
  for (const [index, text] of texts.entries()) {
    await until('it asks', () => pretended.raw.filter((on) => on).length > index);
    pretended.input.write(text);
  }
  return { code: await code, said: pretended.said(), raw: pretended.raw };
}
const kept = () => openConfSettings(data, systemClock, createRememberingLog().log).values.current();

describe('setting the PIN on a terminal', () => {
  it('asks twice without showing it, and stores what only it matches', async () => {
    const { code, said, raw } = await type('24x\u007f68\r', '2468\n');
    expect([code, raw]).toEqual([0, [true, false, true, false]]);
    expect(said).toContain('The PIN is set.');
    expect(said).not.toContain('24');
    expect(await createArgon2PinHash().matches(kept().kioskPin ?? '', '2468')).toBe(true);
    expect(readFileSync(join(data, 'settings.json'), 'utf8')).not.toContain('2468');
  });

  it('changes nothing where the two differ, it is too short, or somebody gives up', async () => {
    expect(await type('2468\r', '2469\r')).toMatchObject({ code: 2, said: expect.stringContaining('not the same') });
    expect(await type('246\r')).toMatchObject({ code: 2, said: expect.stringContaining('4 to 64') });
    expect(await type('2468\u0003')).toMatchObject({ code: 130, raw: [true, false] });
    expect(kept().kioskPin).toBeNull();
  });

  it('is not done from a pipe, nor beside a Deedban that runs', async () => {
    const pipe = pretendTerminal(false);
    expect(await setPin({ data, terminal: pipe.terminal, openSettings: openConfSettings })).toBe(2);
    expect(pipe.said()).toContain('this is none');
    const running = openDataDir(data);
    const { terminal } = pretendTerminal();
    await expect(setPin({ data, terminal, openSettings: openConfSettings })).rejects.toMatchObject({ code: 'in-use' });
    running.close();
  });
});
