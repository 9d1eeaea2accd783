import { describe, expect, it } from 'vitest';
import { auditWords, wordOf } from '../../core/audit/audit-words.ts';
import { auditLine, auditLineSchema } from '../../core/audit/audit-line.ts';
import { custodyKinds } from '../../core/evidence/custody.ts';
import { contract } from '../../core/contract.ts';
import { recordedCalls, recordOfCall } from '../../main/features/audit/recorded-calls.ts';
import { headPage, headPageName } from '../../main/features/audit/head-page.ts';
import { signHeads } from '../../main/features/audit/sign-head.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { newSigner } from '../evidence/memory-bundle.ts';
import { seatOf } from '../incidents/incident-set-up.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

describe('calls that leave a row', () => {
  it('are calls of the contract, each with a sentence of its own', () => {
    for (const name of recordedCalls) {
      expect(Object.keys(contract)).toContain(name);
      expect(wordOf(`deed.${name}`, {})).not.toBe('other');
    }
  });

  it('never write down a password, a passphrase or a PIN', () => {
    const secret = 'hunter2';
    const inputs: Readonly<Record<string, object>> = {
      'cameras.set-login': { place: { district: 'd', site: 'Khyber Bazar' }, login: { user: 'u', password: secret } },
      'cameras.unlock': { passphrase: secret },
      'cameras.set-passphrase': { passphrase: secret },
      'host.set-pin': { present: secret, next: secret },
      'host.leave': { pin: secret },
    };
    for (const [name, input] of Object.entries(inputs)) {
      const record = recordOfCall(name, input, { refusal: null }, seatOf(7));
      expect(record).not.toBeNull();
      expect(JSON.stringify(record)).not.toContain(secret);
    }
    expect(recordOfCall('cameras.set-login', inputs['cameras.set-login'], { refusal: 'locked' }, seatOf(7))).toEqual({
      kind: 'deed.cameras.set-login',
      data: { site: 'Khyber Bazar', refusal: 'locked', seat: 'seat 7 (not signed in)' },
    });
    expect(recordOfCall('wall.select', {}, {}, seatOf(7))).toBeNull();
  });
});

describe('what happened to evidence', () => {
  it('has a sentence of its own in the log, whatever it is', () => {
    const sayings = custodyKinds.map((what) => wordOf(`evidence.${what}`, { outcome: 'begun' }));
    expect(sayings).not.toContain('other');
    expect(new Set(sayings).size).toBe(custodyKinds.length);
  });
});

describe('a line of the log', () => {
  it('is what the contract takes, whatever the row says', () => {
    for (const data of [null, 7, { seat: { a: 1 }, tiles: 'x', deed: 5 }, { camera: 'ä'.repeat(500), number: '1' }])
      for (const kind of ['stream.viewing', 'incident.done', 'x.y', 'evidence.exported'])
        auditLineSchema.parse(auditLine({ sequence: 1, utcMs: 0, kind, data }));
    expect(new Set(auditWords).size).toBe(auditWords.length);
  });

  it('says of a viewing that ended where it was and since when', () => {
    const tiles = [{ displayId: 'left', tile: 2 }];
    const data = { what: 'closed', camera: 'cam-1', seat: 'seat 7 (not signed in)', tiles, sinceUtcMs: 1_000 };
    expect(auditLine({ sequence: 3, utcMs: 5_000, kind: 'stream.viewing', data })).toMatchObject({
      ...{ word: 'viewing-closed', act: 'viewing', seat: 7, signedIn: false, cameras: ['cam-1'], tiles, sinceUtcMs: 1_000 },
    });
  });
});

it('a head on paper has all that was signed, and its name has no place in it', async () => {
  const stores = openSqliteStores(temporaryFolder(), systemClock);
  await stores.journal.append('a', '<script>');
  const signer = await newSigner();
  const [head] = signHeads(stores.audit, signer, 'shift', Date.parse('2026-11-21T09:00:00Z'));
  stores.close();
  if (!head) throw new Error('no head');
  expect(headPageName(head)).toBe('audit-head-20261121T090000Z-1.html');
  const page = headPage(head, signer.fingerprint);
  for (const part of [head.root.slice(0, 4), 'the end of a shift', 'Deedban audit head 1', 'BEGIN PUBLIC KEY'])
    expect(page).toContain(part);
});
