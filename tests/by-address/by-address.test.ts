import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../core/access/role.ts';
import type { WindowKind } from '../../core/displays/displays.contract.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { createByAddress } from '../../main/by-address.ts';
import { createMiniatures } from '../../main/features/displays/miniatures.ts';
import { createStillsDoor } from '../../main/features/stills/stills-door.ts';
import { mediaTokenLivesMs } from '../../main/features/streams/media-token.ts';
import { createSessionTokens } from '../../main/features/streams/session-tokens.ts';
import { createStillsShelf } from '../../main/features/stills/stills-shelf.ts';
import type { Door } from '../../main/ports/door.ts';
import type { Log } from '../../main/ports/log.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const logged: string[] = [];
const log: Log = { debug() {}, info() {}, warn() {}, error: (message) => logged.push(message), child: () => log };

function session(
  of: { displayId?: string; windowKind?: WindowKind; role?: Role; id?: string; ended?: AbortSignal } = {},
): Session {
  const { displayId = 'left', windowKind = 'wall', role = 'operator', id = 's', ended = new AbortController().signal } = of;
  return { id, seat: { number: 1, role, priority: 50, signedIn: false }, displayId, windowKind, ended };
}
const jpeg = (...rest: number[]) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...rest]);
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);
const request = (path: string, method = 'GET', body?: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1:1${path}`, { method, headers, ...(body ? { body } : {}) });
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('a token', () => {
  function setUp() {
    const clock = createFakeClock();
    const tokens = createSessionTokens(clock);
    const own = session();
    tokens.began(own, 'w1');
    return { clock, tokens, own };
  }

  it('speaks for the session of its own window alone', () => {
    const { tokens, own } = setUp();
    const token = tokens.issue(own);
    expect(tokens.sessionOf(token, ['w0', 'w1'])).toBe(own);
    tokens.began(session({ id: 'other' }), 'w2');
    expect(tokens.sessionOf(token, ['w2'])).toBeNull();
    expect(tokens.sessionOf('nonsense', ['w1'])).toBeNull();
  });

  it('ends by itself, and cannot be made to live longer', () => {
    const { tokens, own, clock } = setUp();
    const token = tokens.issue(own);
    const [endsMs, signature] = token.split('.');
    expect(tokens.sessionOf(`${Number(endsMs) + 1}.${signature}`, ['w1'])).toBeNull();
    clock.pass(mediaTokenLivesMs + 1);
    expect(tokens.sessionOf(token, ['w1'])).toBeNull();
  });

  it('is good for the session that follows in the same window, but not with another role', () => {
    const { tokens, own } = setUp();
    const token = tokens.issue(own);
    const next = session({ id: 'next' });
    tokens.began(next, 'w1');
    tokens.ended(own);
    expect(tokens.sessionOf(token, ['w1'])).toBe(next);
    tokens.began(session({ role: 'viewer' }), 'w1');
    expect(tokens.sessionOf(token, ['w1'])).toBeNull();
  });

  it('outlives its pipe, and then nothing is kept of the window', () => {
    const { tokens, own, clock } = setUp();
    const token = tokens.issue(own);
    tokens.ended(own);
    expect(tokens.sessionOf(token, ['w1'])).toBe(own);
    clock.pass(mediaTokenLivesMs);
    expect(tokens.sessionOf(tokens.issue(own), ['w1'])).toBeNull();
    expect(clock.waiting()).toBe(0);
  });
});

describe('by address', () => {
  const echo: Door = { prefix: '/echo/', handle: async (_request, { id }) => new Response(id) };
  const broken: Door = { prefix: '/broken/', handle: () => Promise.reject(new Error('at /secret/path')) };
  const ask = createByAddress({
    doors: [echo, broken],
    sessionOf: (token, windowIds) => (token === 'good' && windowIds.includes('w1') ? session() : null),
    log,
  });
  const good = { authorization: 'Bearer good' };

  it('opens the door of a path for whoever the token speaks for', async () => {
    expect(await (await ask(request('/echo/x', 'GET', undefined, good), ['w1'])).text()).toBe('s');
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['without a token', {}, ['w1']],
    ['with a token that is not good', { authorization: 'Bearer bad' }, ['w1']],
    ['with a token in another form', { authorization: 'Basic good' }, ['w1']],
    ['from another window', good, ['w2']],
    ['from no window', good, []],
  ])('tells nothing %s, not even which paths there are', async (_how, headers, windowIds) => {
    const [known, unknown] = await Promise.all(
      ['/echo/x', '/nothing/x'].map((path) => ask(request(path, 'GET', undefined, headers), windowIds)),
    );
    expect([known?.status, unknown?.status]).toEqual([401, 401]);
    expect(await known?.text()).toBe(await unknown?.text());
  });

  it('knows no other paths, and lets no fault out', async () => {
    expect((await ask(request('/nothing/', 'GET', undefined, good), ['w1'])).status).toBe(404);
    const failed = await ask(request('/broken/', 'GET', undefined, good), ['w1']);
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('secret');
    expect(logged).toContain('a request by address failed');
  });
});

describe('miniatures', () => {
  function setUp() {
    const clock = createFakeClock(1_000);
    const { doors, miniatures, sessionEnded } = createMiniatures({ clock });
    const [door] = doors;
    if (!door) throw new Error('a door');
    return { clock, miniatures, sessionEnded, ask: (asked: Request, by: Session) => door.handle(asked, by) };
  }

  it('are taken from the window on that display, and given to any', async () => {
    const { ask, miniatures } = setUp();
    const display = 'HDMI 1/ä';
    const path = `/miniatures/${encodeURIComponent(display)}`;
    expect((await ask(request(path, 'PUT', jpeg(1)), session({ displayId: display }))).status).toBe(204);
    expect((await ask(request(path, 'PUT', jpeg(2)), session({ displayId: display }))).status).toBe(204);
    expect(miniatures.current()).toEqual([{ displayId: display, revision: 2, atUtcMs: 1_000 }]);
    const given = await ask(request(`${path}?revision=2`), session({ displayId: 'desk', windowKind: 'console', role: 'viewer' }));
    expect(given.headers.get('content-type')).toBe('image/jpeg');
    expect(await bytes(given)).toEqual(jpeg(2));
  });

  it.each<[string, number, Session, Uint8Array<ArrayBuffer>]>([
    ['another display', 403, session({ displayId: 'right' }), jpeg()],
    ['a console', 403, session({ windowKind: 'console' }), jpeg()],
    ['a window that is gone', 409, session({ ended: AbortSignal.abort() }), jpeg()],
    ['its own window, but is no JPEG', 415, session(), png],
    ['its own window, but is too large', 413, session(), new Uint8Array(256 * 1024 + 1).fill(0xff)],
  ])('are not taken where one comes from %s', async (_what, status, by, picture) => {
    const { ask, miniatures } = setUp();
    expect((await ask(request('/miniatures/left', 'PUT', picture), by)).status).toBe(status);
    expect(miniatures.current()).toEqual([]);
    expect((await ask(request('/miniatures/left'), session())).status).toBe(404);
  });

  it('go with their window', async () => {
    const { ask, miniatures, sessionEnded } = setUp();
    const [old, next] = [session({ id: 'old' }), session({ id: 'next' })];
    await ask(request('/miniatures/left', 'PUT', jpeg(1)), old);
    await ask(request('/miniatures/left', 'PUT', jpeg(2)), next);
    sessionEnded(old);
    expect(miniatures.current()).toHaveLength(1);
    sessionEnded(next);
    expect(miniatures.current()).toEqual([]);
    expect((await ask(request('/miniatures/left'), session())).status).toBe(404);
  });

  it('have no other verbs, and no addresses that cannot be read', async () => {
    const { ask } = setUp();
    expect((await ask(request('/miniatures/left', 'DELETE'), session())).status).toBe(405);
    expect((await ask(request('/miniatures/%E0'), session())).status).toBe(400);
  });
});

describe('stills', () => {
  async function setUp() {
    const folder = await mkdtemp(join(tmpdir(), 'deedban-stills-'));
    ends.push(() => rm(folder, { recursive: true }));
    const vault = await openFileVault(folder);
    const clock = createFakeClock();
    const { registry, journal, close } = openSqliteStores(folder, clock);
    ends.push(async () => close());
    const reach = new Set<string>();
    const shelf = createStillsShelf(
      { vault, registry, clock, journal, log, inReach: () => reach, heldElsewhere: async () => false },
      { count: 2, bytes: 1_000 },
    );
    await shelf.ready;
    const door = createStillsDoor({ vault, shelf, log });
    return { folder, vault, clock, reach, ask: (asked: Request, by = session()) => door.handle(asked, by) };
  }
  const digestOf = async (response: Response): Promise<string> =>
    z.strictObject({ digest: z.string() }).parse(await response.json()).digest;

  it('are kept, and given back as what they are', async () => {
    const { ask } = await setUp();
    for (const [picture, type] of [
      [png, 'image/png'],
      [jpeg(5), 'image/jpeg'],
    ] as const) {
      const kept = await ask(request('/stills/', 'PUT', picture));
      expect(kept.status).toBe(201);
      const digest = await digestOf(kept);
      const given = await ask(request(`/stills/${digest}`), session({ role: 'viewer' }));
      expect(given.headers.get('content-type')).toBe(type);
      expect(given.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await bytes(given)).toEqual(picture);
    }
  });

  it('are refused where they are no picture, are too large, or the seat may only look', async () => {
    const { ask } = await setUp();
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    expect((await ask(request('/stills/', 'PUT', page, { 'content-type': 'image/png' }))).status).toBe(415);
    expect((await ask(request('/stills/', 'PUT', new Uint8Array(16 * 1024 * 1024 + 1)))).status).toBe(413);
    expect((await ask(request('/stills/', 'PUT', png), session({ role: 'viewer' }))).status).toBe(403);
  });

  it('are refused, and nothing goes, where every one that is kept is still in reach', async () => {
    const { ask, clock, reach } = await setUp();
    for (const rest of [1, 2]) reach.add(await digestOf(await ask(request('/stills/', 'PUT', jpeg(rest)))));
    clock.pass(3_600_000);
    const refused = await ask(request('/stills/', 'PUT', jpeg(3)));
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('in a scene')]);
    for (const digest of reach) expect((await ask(request(`/stills/${digest}`))).status).toBe(200);
  });

  it('do not give away what else is in the Vault, nor what is elsewhere on the disk', async () => {
    const { ask, vault } = await setUp();
    const { digest } = await vault.put(new TextEncoder().encode('evidence'));
    expect((await ask(request(`/stills/${digest}`))).status).toBe(404);
    expect((await ask(request('/stills/..%2F..%2Fsettings.json'))).status).toBe(404);
    expect((await ask(request(`/stills/${'0'.repeat(64)}`))).status).toBe(404);
  });

  it('that were changed on the disk are not shown', async () => {
    const { ask, folder } = await setUp();
    const digest = await digestOf(await ask(request('/stills/', 'PUT', png)));
    const shelf = join(folder, 'vault', digest.slice(0, 2));
    expect(await readdir(shelf)).toEqual([digest]);
    await writeFile(join(shelf, digest), jpeg(9));
    expect((await ask(request(`/stills/${digest}`))).status).toBe(500);
  });
});
