import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Role } from '../../core/access/role.ts';
import type { CustodyRecord } from '../../core/evidence/custody.ts';
import { attachmentMaxBytes, attachmentName, mayAttach } from '../../core/incidents/attachment.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { attachedFiles } from '../../main/features/evidence/attached-files.ts';
import { createAttachmentsDoor } from '../../main/features/incidents/attachments-door.ts';
import { createIncidentsFeature } from '../../main/features/incidents/incidents-feature.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { flagOf, incidentPorts, seatOf } from './incident-set-up.ts';

const sessionOf = (role: Role = 'operator'): Session => ({
  id: 'window-1',
  seat: seatOf(1, role),
  displayId: 'wall',
  windowKind: 'shared',
  ended: new AbortController().signal,
});
const pdf = new TextEncoder().encode('%PDF-1.7 a statement');

async function setUp() {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const log = collectLog();
  const incidents = createIncidentsFeature(incidentPorts(stores.journal, clock, log));
  await incidents.flag(seatOf(1), flagOf('a'));
  const vault = await openFileVault(folder);
  const lines: CustodyRecord[] = [];
  const room = { isFull: false };
  const door = createAttachmentsDoor({
    incidents,
    vault,
    clock,
    log,
    isFull: () => room.isFull,
    note: async (line) => void lines.push(line),
  });
  const ask = (method: 'PUT' | 'GET', path: string, body: Uint8Array<ArrayBuffer> | null = null, role: Role = 'operator') =>
    door.handle(
      new Request(`http://127.0.0.1:1/attachments/${path}`, body === null ? { method } : { method, body }),
      sessionOf(role),
    );
  return { folder, incidents, vault, lines, room, ask };
}

describe('a file that is attached', () => {
  it('is on the disk with its record when it is answered, and is given back as it was, with a line in the custody log before that', async () => {
    const { incidents, lines, ask, vault } = await setUp();
    expect((await ask('PUT', `1?name=${encodeURIComponent('گواہی.pdf')}`, pdf)).status).toBe(201);
    const [file] = incidents.get(1)?.attachments ?? [];
    expect(file).toMatchObject({ name: 'گواہی.pdf', sizeBytes: pdf.length, bySeat: 1 });
    expect((await ask('PUT', '1?name=again.pdf', pdf)).status).toBe(200);
    expect(incidents.get(1)?.attachments).toHaveLength(1);
    const answer = await ask('GET', `1/${file?.digest}`);
    expect(lines.map(({ what }) => what)).toEqual(['attached', 'opened']);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(pdf);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const found = await attachedFiles(incidents.get(1) ?? (await Promise.reject(new Error('gone'))), vault);
    expect(found.stills).toEqual([]);
    expect(found.papers).toMatchObject([{ path: `files/${file?.digest.slice(0, 16)}.pdf`, name: 'گواہی.pdf' }]);
  });

  it('is refused with the reason where it is too long, not what it says, of no kind that is taken, or there is no room, and leaves nothing', async () => {
    const { folder, incidents, room, ask } = await setUp();
    const before = await readdir(join(folder, 'vault'), { recursive: true });
    expect((await ask('PUT', '1?name=a.pdf', new Uint8Array(attachmentMaxBytes + 1))).status).toBe(413);
    expect((await ask('PUT', '1?name=a.png', pdf)).status).toBe(415);
    expect((await ask('PUT', '1?name=a.exe', pdf)).status).toBe(415);
    expect((await ask('PUT', '1?name=a.pdf', new Uint8Array())).status).toBe(415);
    expect((await ask('PUT', '9?name=a.pdf', pdf)).status).toBe(404);
    expect((await ask('PUT', '1?name=a.pdf', pdf, 'viewer')).status).toBe(403);
    room.isFull = true;
    expect((await ask('PUT', '1?name=a.pdf', pdf)).status).toBe(507);
    room.isFull = false;
    await incidents.do(seatOf(1), 1, { do: 'withdraw' });
    expect((await ask('PUT', '1?name=a.pdf', pdf)).status).toBe(409);
    expect(await readdir(join(folder, 'vault'), { recursive: true })).toEqual(before);
  });

  it('is given to nobody under another incident, under a wrong name, or to who only looks', async () => {
    const { incidents, lines, ask } = await setUp();
    await ask('PUT', '1?name=a.pdf', pdf);
    await incidents.flag(seatOf(1), flagOf('b'));
    const digest = incidents.get(1)?.attachments[0]?.digest ?? '';
    expect((await ask('GET', `2/${digest}`)).status).toBe(404);
    expect((await ask('GET', `1/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await ask('GET', '1/..%2f..%2fkey')).status).toBe(404);
    expect((await ask('GET', `1/${digest}`, null, 'viewer')).status).toBe(403);
    expect(lines.map(({ what }) => what)).toEqual(['attached']);
  });
});

it('a file is called by the last part of its path, without what would make it look like another kind', () => {
  expect(attachmentName('C:\\fakepath\\note.txt')).toBe('note.txt');
  expect(attachmentName('../../etc/passwd')).toBe('passwd');
  expect(attachmentName('report\u202Efdp.exe')).toBe('reportfdp.exe');
  expect(attachmentName(`${'x'.repeat(400)}.pdf`)).toBe(`${'x'.repeat(196)}.pdf`);
  expect(mayAttach('words.txt', new TextEncoder().encode('قصہ'))).toBe(true);
  expect(mayAttach('words.txt', new Uint8Array([104, 0, 105]))).toBe(false);
  expect(mayAttach('film.mp4', new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 1]))).toBe(true);
});
