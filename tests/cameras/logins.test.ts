import { describe, expect, it, onTestFinished } from 'vitest';
import type { credentialsContract } from '../../core/cameras/credentials.contract.ts';
import type { CallInput, CallName, CallOutput } from '../../core/rpc/define.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { foreignUpstream } from '../../main/features/streams/upstream.ts';
import { embeddedAddresses } from '../../main/features/streams/ways.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { LoginTest } from '../../main/ports/login-test.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, filesBelow, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createMemorySecrets, noPasswords } from '../support/memory-secrets.ts';
import { header, line } from './camera-lines.ts';
import { call, entry, get, preview, session } from './cameras-feature.ts';

type Contract = typeof credentialsContract;
const place = { province: '', district: 'Peshawar', site: 'Gate' };
const login = { user: 'admin', password: 'pl4nted-1' };

function open(options: { folder?: string; store?: ReturnType<typeof createMemorySecrets>; tryLogin?: LoginTest } = {}) {
  const { registry, close } = openSqliteStores(options.folder ?? temporaryFolder(), systemClock);
  const [clock, store, log] = [createFakeClock(), options.store ?? createMemorySecrets(), collectLog()];
  const feature = createCamerasFeature({
    given: null,
    registry,
    clock,
    secrets: createKnownSecrets(),
    log,
    demonstration: { city: () => [entry('demo', 1)], province: () => [] },
    ...noPasswords(),
    passwords: { store, broken: null },
    tryLogin: options.tryLogin ?? (() => Promise.resolve('answered')),
  });
  const end = () => {
    feature.close();
    close();
  };
  onTestFinished(end);
  const heard: string[][] = [];
  feature.events['cameras.credentials-changed'](session(), ({ cameras }) => heard.push([...cameras]));
  const ask = <K extends CallName<Contract>>(name: K, input: CallInput<Contract, K>): Promise<CallOutput<Contract, K>> =>
    Promise.resolve(feature.calls[name](input, { session: session(), signal: session().ended }));
  const importLines = async (...lines: readonly string[]) => {
    const { id } = await preview(feature, Buffer.from([header, ...lines].join('\r\n')));
    return call(feature, 'cameras.apply-import', { preview: id, removeGone: true });
  };
  const passwordOf = (id: string) => feature.entry(id)?.addresses.main?.credentials?.password;
  return { feature, clock, store, log, heard, ask, importLines, passwordOf, end };
}

const at = (id: string, number: number, main: string, site = 'Gate') =>
  line({ id, number: String(number), district: 'Peshawar', site, main });

describe('passwords of imported cameras', () => {
  it('are there again after a restart, each for its own address and no other', async () => {
    const folder = temporaryFolder();
    const first = open({ folder });
    expect(
      await first.importLines(at('a', 1, 'rtsp://u:one@h/x'), at('b', 2, 'rtsp://u:two@h/y'), at('c', 3, 'rtsp://h/z')),
    ).toEqual({ refusal: null });
    expect(first.heard).toEqual([['a', 'b']]);
    first.end();
    const second = open({ folder, store: first.store });
    await second.feature.whenLoaded();
    expect(['a', 'b', 'c'].map(second.passwordOf)).toEqual(['one', 'two', undefined]);
    expect(await second.importLines(at('a', 1, 'rtsp://elsewhere/x'), at('b', 2, 'rtsp://h/y'))).toEqual({ refusal: null });
    expect(['a', 'b'].map(second.passwordOf)).toEqual([undefined, 'two']);
    expect([...second.store.secrets.keys()]).toEqual(['camera/b']);
  });

  it('that stand in a path are kept apart from it: what is stored and exported has none of them', async () => {
    const folder = temporaryFolder();
    const first = open({ folder });
    await first.importLines(at('a', 1, 'rtsp://h/user=x&password=pl4nted&channel=1 http://w/whep?token=pl4nted-2'));
    const exported = await (await get(first.feature, 'export?format=csv')).text();
    expect(exported).toContain('password=*1*');
    expect(exported).not.toContain('pl4nted');
    first.end();
    for (const { bytes } of filesBelow(folder)) expect(bytes.includes('pl4nted')).toBe(false);
    const second = open({ folder, store: first.store });
    await second.feature.whenLoaded();
    const entryA = second.feature.entry('a');
    expect(entryA && embeddedAddresses(entryA)).toEqual({
      main: { scheme: 'rtsp', url: 'rtsp://h/user=x&password=pl4nted&channel=1', credentials: null },
    });
    const [foreign] = entryA?.further?.main ?? [];
    expect(foreign && foreignUpstream(foreign).url.href).toBe('http://w/whep?token=pl4nted-2');
    // The same directory put back from its export keeps what was known.
    const { id } = await preview(second.feature, Buffer.from(exported));
    await call(second.feature, 'cameras.apply-import', { preview: id, removeGone: true });
    expect(second.feature.entry('a')?.addresses.main?.hidden).toEqual(['pl4nted']);
  });

  it('that cannot be kept leave the directory as it was', async () => {
    const { importLines, store, feature } = open();
    await importLines(at('a', 1, 'rtsp://u:one@h/x'));
    store.fill();
    expect(await importLines(at('b', 2, 'rtsp://u:two@h/x'))).toEqual({ refusal: 'not-saved' });
    expect(feature.cameras.current().map(({ id }) => id)).toEqual(['a']);
  });

  it('that were changed by somebody else harm nobody but their camera', async () => {
    const folder = temporaryFolder();
    const first = open({ folder });
    await first.importLines(at('a', 1, 'rtsp://u:one@h/x'), at('b', 2, 'rtsp://u:two@h/y'));
    first.end();
    first.store.secrets.set('camera/a', 'rubbish');
    const second = open({ folder, store: first.store });
    await second.feature.whenLoaded();
    expect(['a', 'b'].map(second.passwordOf)).toEqual([undefined, 'two']);
    expect(second.log.lines.join()).toContain('"camera":"a"');
    expect(second.log.lines.join()).not.toContain('rubbish');
  });
});

describe('locked passwords', () => {
  it('make their cameras locked until the passphrase is entered, and then everybody is told', async () => {
    const folder = temporaryFolder();
    const first = open({ folder });
    await first.importLines(at('a', 1, 'rtsp://u:one@h/x'), at('b', 2, 'rtsp://h/y'));
    first.end();
    first.store.lock('correct horse');
    const { feature, ask, importLines, heard, passwordOf } = open({ folder, store: first.store });
    await feature.whenLoaded();
    expect(['a', 'b'].map((id) => feature.entry(id)?.locked ?? false)).toEqual([true, false]);
    expect(feature.states['cameras.keeping'](session()).current().state).toBe('locked');
    expect(await ask('cameras.set-login', { place, login })).toMatchObject({ refusal: 'locked' });
    expect(await importLines(at('c', 3, 'rtsp://u:three@h/x'))).toEqual({ refusal: 'locked' });
    expect(await ask('cameras.unlock', { passphrase: 'correct horse' })).toEqual({ refusal: null, waitMs: 0 });
    expect(heard).toEqual([['a']]);
    expect([feature.entry('a')?.locked, passwordOf('a')]).toEqual([undefined, 'one']);
  });

  it('are tried again ever later after each wrong passphrase', async () => {
    const { store, ask, clock } = open();
    store.lock('correct horse');
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      const { refusal, waitMs } = await ask('cameras.unlock', { passphrase: 'wrong' });
      expect(refusal).toBe('wrong-passphrase');
      expect(await ask('cameras.unlock', { passphrase: 'correct horse' })).toMatchObject({ refusal: 'too-soon', waitMs });
      waits.push(waitMs);
      clock.pass(waitMs);
    }
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waits.at(-1)).toBe(300_000);
    expect(await ask('cameras.unlock', { passphrase: 'correct horse' })).toMatchObject({ refusal: null });
  });
});

describe('the login of a site', () => {
  it('is given to every camera of it that is fetched by RTSP, and to nobody else', async () => {
    const { importLines, ask, heard, passwordOf, feature, store } = open();
    await importLines(
      at('a', 1, 'rtsp://h/x http://w/a/whep'),
      at('b', 2, 'rtsp://u:old@h/y'),
      at('c', 3, 'http://w/c/whep'),
      at('d', 4, 'rtsp://h/z', 'Elsewhere'),
    );
    heard.length = 0;
    expect(await ask('cameras.set-login', { place, login })).toEqual({ refusal: null, cameras: 2 });
    expect(['a', 'b', 'c', 'd'].map(passwordOf)).toEqual([login.password, login.password, undefined, undefined]);
    expect(feature.entry('a')?.further?.main?.[0]?.credentials).toBeNull();
    expect([heard, [...store.secrets.keys()].sort()]).toEqual([[['a', 'b']], ['camera/a', 'camera/b']]);
    expect(await ask('cameras.site-logins', { words: 'peshawar' })).toEqual({
      sites: [
        { province: '', district: 'Peshawar', site: 'Elsewhere', cameras: 1, withLogin: 0 },
        { ...place, cameras: 3, withLogin: 2 },
      ],
      more: false,
    });
    expect(await ask('cameras.set-login', { place: { ...place, site: 'Nowhere' }, login })).toMatchObject({
      refusal: 'no-camera',
    });
  });

  it('is tried at each camera once without being kept, and at nobody else after three refusals', async () => {
    const asked: string[] = [];
    const { importLines, ask, passwordOf } = open({
      tryLogin: async ({ url, credentials }) => {
        asked.push(url);
        return credentials?.password === login.password ? 'answered' : 'refused';
      },
    });
    await importLines(...Array.from({ length: 20 }, (_, index) => at(`c${index}`, index + 1, `rtsp://h/${index}`)));
    expect(await ask('cameras.try-login', { place, login })).toEqual({
      refusal: null,
      tried: { total: 20, answered: 20, refused: 0, silent: 0, notAsked: 0 },
    });
    expect(new Set(asked).size).toBe(20);
    expect(passwordOf('c0')).toBeUndefined();
    const { tried } = await ask('cameras.try-login', { place, login: { ...login, password: 'other' } });
    expect(tried?.notAsked).toBeGreaterThan(5);
    expect(tried?.refused).toBeGreaterThanOrEqual(3);
  });
});
