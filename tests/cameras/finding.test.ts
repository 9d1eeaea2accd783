import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseProfiles } from '../../core/cameras/choose-profiles.ts';
import { parseDeviceAddress } from '../../core/cameras/device-address.ts';
import type { Finding, findingContract } from '../../core/cameras/finding.contract.ts';
import type { CallInput, CallName, CallOutput } from '../../core/rpc/define.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { type DeviceFacts, type DeviceFinder, DeviceProblem, type SeenDevice } from '../../main/ports/device-finder.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createMemorySecrets, noDevices, noPasswords } from '../support/memory-secrets.ts';
import { until } from '../support/until.ts';
import { header, line } from './camera-lines.ts';
import { call, entry, preview, session } from './cameras-feature.ts';

type Contract = typeof findingContract;
const login = { user: 'admin', password: 'pl4nted' };
const place = { province: 'KP', district: 'Peshawar', site: 'Gate' };

function factsAt(host: string, more: Partial<DeviceFacts> = {}): DeviceFacts {
  const profile = { codec: 'H264', framesPerSecond: 25 };
  return {
    name: 'Gate 2',
    manufacturer: 'Maker',
    model: 'M1',
    firmware: '1',
    serialNumber: 's1',
    profiles: [
      { ...profile, width: 640, height: 360, url: `rtsp://${host}/sub` },
      { ...profile, width: 1920, height: 1080, url: `rtsp://${host}/main` },
    ],
    pan: true,
    zoom: true,
    presets: 100,
    snapshot: `http://${host}/still`,
    clockAheadMs: 3_600_000,
    ...more,
  };
}

const device = (host: string): SeenDevice => ({ control: `http://${host}/onvif/device_service`, name: host, hardware: 'H' });

function open(network: Readonly<Record<string, Partial<DeviceFacts> | DeviceProblem>> = {}) {
  const folder = temporaryFolder();
  const { registry, close } = openSqliteStores(folder, systemClock);
  const store = createMemorySecrets();
  const asked: { host: string; password: string | null }[] = [];
  const finder: DeviceFinder = {
    ...noDevices,
    interfaces: () => [{ name: 'eth0', address: '192.0.2.9' }],
    async search(interfaces, found) {
      for (const host of Object.keys(network)) found(device(host));
      return interfaces.slice(1);
    },
    async read(control, credentials) {
      const { host } = new URL(control);
      asked.push({ host, password: credentials?.password ?? null });
      const facts = network[host];
      if (facts === undefined) throw new DeviceProblem('unreachable', 'nobody is there');
      if (facts instanceof DeviceProblem) throw facts;
      return factsAt(host, facts);
    },
    setClock: async () => 12,
  };
  const feature = createCamerasFeature({
    ...noPasswords(),
    given: null,
    registry,
    clock: systemClock,
    secrets: createKnownSecrets(),
    log: collectLog(),
    demonstration: { city: () => [entry('demo', 1)], province: () => [] },
    passwords: { store, broken: null },
    finder,
  });
  onTestFinished(() => {
    feature.close();
    close();
  });
  const ask = <K extends CallName<Contract>>(name: K, input: CallInput<Contract, K>): Promise<CallOutput<Contract, K>> =>
    Promise.resolve(feature.calls[name](input, { session: session(), signal: session().ended }));
  const now = (): Finding => feature.states['cameras.finding'](session()).current();
  async function find(): Promise<readonly string[]> {
    expect(await ask('cameras.find', { interfaces: ['192.0.2.9'] })).toEqual({ refusal: null });
    await until('the search ends', () => now().searching === null);
    return now().devices.map(({ id }) => id);
  }
  async function read(devices: readonly string[], typed: typeof login | null = login): Promise<void> {
    expect(await ask('cameras.read-devices', { devices: [...devices], login: typed })).toEqual({ refusal: null });
    await until('all are read', () => now().reading === null);
  }
  return { feature, store, asked, ask, now, find, read };
}

describe('finding cameras', () => {
  it('lists what answers on the chosen networks, reads it, and takes it with its streams, its control and its password', async () => {
    const { find, read, now, ask, feature, store } = open({ '192.0.2.1': {}, '192.0.2.2:8080': { pan: false, zoom: false } });
    const ids = await find();
    expect(now().devices.map(({ host }) => host)).toEqual(['192.0.2.1', '192.0.2.2:8080']);
    await read(ids);
    expect(now().devices[0]?.look).toMatchObject({
      state: 'read',
      facts: {
        main: { width: 1920, height: 1080 },
        sub: { width: 640 },
        pan: true,
        clockAheadMs: 3_600_000,
        change: 'add',
        number: expect.any(Number),
        name: 'Gate 2',
      },
    });
    const numbers = now().devices.map(({ look }) => (look.state === 'read' ? look.facts.number : 0));
    expect(new Set(numbers).size).toBe(2);
    const taken = await ask('cameras.take-devices', {
      place,
      devices: ids.map((id, index) => ({ id, number: 214 + index, name: `Gate ${index}` })),
    });
    expect(taken).toEqual({ refusal: null, added: 2, changed: 0 });
    expect(feature.head.current()).toMatchObject({ origin: 'stored', count: 2 });
    expect(feature.entry('camera-214')).toEqual({
      camera: expect.objectContaining({ ...place, number: 214, name: 'Gate 0', kind: 'ptz', streams: ['main', 'sub'] }),
      addresses: {
        main: { scheme: 'rtsp', url: 'rtsp://192.0.2.1/main', credentials: login },
        sub: { scheme: 'rtsp', url: 'rtsp://192.0.2.1/sub', credentials: login },
      },
      device: { control: 'http://192.0.2.1/onvif/device_service', snapshot: 'http://192.0.2.1/still' },
    });
    expect(feature.entry('camera-215')?.camera.kind).toBe('fixed');
    expect(store.secrets.get('camera/camera-214')).toContain(login.password);
    expect(now().devices).toEqual([]);
  });

  it('changes the camera that is at a host, and keeps its place, its further ways and, without a typed one, its password', async () => {
    const { feature, find, read, now, ask, asked } = open({ '192.0.2.1': {} });
    const file = line({ id: 'a', number: '7', name: 'Old', site: 'Fort', main: 'rtsp://u:old@192.0.2.1/main http://w/a/whep' });
    const { id: shown } = await preview(feature, Buffer.from(`${header}\r\n${file}`));
    await call(feature, 'cameras.apply-import', { preview: shown, removeGone: true });
    const ids = await find();
    expect(now().devices[0]?.camera).toEqual({ id: 'a', number: 7, name: 'Old' });
    await read(ids, null);
    expect(asked).toEqual([{ host: '192.0.2.1', password: 'old' }]);
    expect(now().devices[0]?.look).toMatchObject({ facts: { change: 'change', number: 7, name: 'Old' } });
    const devices = ids.map((id) => ({ id, number: 7, name: 'New' }));
    expect(await ask('cameras.take-devices', { place, devices })).toEqual({ refusal: null, added: 0, changed: 1 });
    const camera = feature.entry('a');
    expect(camera?.camera).toMatchObject({ number: 7, name: 'New', site: 'Fort', kind: 'ptz', streams: ['main', 'sub'] });
    expect(camera?.addresses.sub).toMatchObject({ url: 'rtsp://192.0.2.1/sub', credentials: { user: 'u', password: 'old' } });
    expect(camera?.further?.main?.map(({ url }) => url)).toEqual(['http://w/a/whep']);
    await read(await find(), null);
    expect(now().devices[0]?.look).toMatchObject({ facts: { change: 'same' } });
  });

  it('takes all or nothing, and no number twice', async () => {
    const { find, read, ask, feature, store } = open({ '192.0.2.1': {}, '192.0.2.2': {} });
    const ids = await find();
    const devices = ids.map((id) => ({ id, number: 5, name: 'x' }));
    expect(await ask('cameras.take-devices', { place, devices })).toMatchObject({ refusal: 'not-read' });
    await read(ids);
    expect(await ask('cameras.take-devices', { place, devices })).toMatchObject({ refusal: 'number-taken' });
    store.fill();
    expect(await ask('cameras.take-devices', { place, devices: devices.slice(1) })).toMatchObject({ refusal: 'not-saved' });
    expect(feature.head.current().origin).toBe('demonstration-city');
  });

  it('says of each device why it could not be read, and goes on with the others', async () => {
    const { find, read, now } = open({
      '192.0.2.1': new DeviceProblem('refused', 'no'),
      '192.0.2.2': {},
      '192.0.2.3': { profiles: [] },
      '192.0.2.4': {
        profiles: [{ codec: 'H264', width: 1, height: 1, framesPerSecond: null, url: 'http://192.0.2.4/' }],
        clockAheadMs: null,
      },
    });
    await read(await find());
    expect(now().devices.map(({ look }) => (look.state === 'failed' ? look.why : look.state))).toEqual([
      'refused',
      'read',
      'no-stream',
      'no-stream',
    ]);
  });

  it('forgets what was found and typed when it is left, and sets a clock only of a device that was read', async () => {
    const { find, read, now, ask } = open({ '192.0.2.1': {} });
    const [id = ''] = await find();
    expect(await ask('cameras.set-clock', { device: id })).toEqual({ refusal: 'not-read' });
    await read([id]);
    expect(await ask('cameras.set-clock', { device: id })).toEqual({ refusal: null });
    expect(now().devices[0]?.look).toMatchObject({ facts: { clockAheadMs: 12 } });
    await ask('cameras.leave-finding', {});
    expect(now()).toEqual({ searching: null, reading: null, failed: [], devices: [] });
    expect(await ask('cameras.read-devices', { devices: [id], login: null })).toEqual({ refusal: 'no-such-device' });
  });

  it('forgets what was found and typed when the window that asked is gone', async () => {
    const { feature, find, read, now } = open({ '192.0.2.1': {} });
    await read(await find());
    feature.sessionEnded({ ...session(), id: 'another' });
    expect(now().devices).toHaveLength(1);
    feature.sessionEnded(session());
    expect(now().devices).toEqual([]);
  });

  it('asks on no network that this machine does not have', async () => {
    const { ask } = open({ '192.0.2.1': {} });
    expect(await ask('cameras.find', { interfaces: ['198.51.100.1'] })).toEqual({ refusal: 'bad-address' });
  });
});

it.each([
  ['10.0.0.1', 'http://10.0.0.1/onvif/device_service'],
  ['gate.example:8080', 'http://gate.example:8080/onvif/device_service'],
  ['https://10.0.0.1/other/service', 'https://10.0.0.1/other/service'],
  ['[2001:db8::1]:81', 'http://[2001:db8::1]:81/onvif/device_service'],
  ['rtsp://10.0.0.1/x', null],
  ['http://u:p@10.0.0.1/', null],
  ['u:p@10.0.0.1', null],
  ['', null],
  ['a b', null],
])('the address "%s" of a device is read as %s', (typed, control) => {
  const parsed = parseDeviceAddress(typed);
  expect(parsed.ok ? parsed.value : null).toBe(control);
});

const profile = (width: number, height: number, codec = 'H264') => ({ width, height, codec, framesPerSecond: 25 });
it.each([
  ['none', [], null, null],
  ['one', [profile(1280, 720)], 0, null],
  ['the camera lists the small one first', [profile(640, 360), profile(1920, 1080)], 1, 0],
  ['equals: H.264 before H.265', [profile(1920, 1080, 'H265'), profile(1920, 1080), profile(704, 576)], 1, 2],
  ['three: the one nearest to 640×360', [profile(2560, 1440), profile(1280, 720), profile(320, 180), profile(704, 396)], 0, 3],
  ['a second one of nearly the same size saves nothing', [profile(1280, 720), profile(1280, 700)], 0, null],
  ['sizes that are not told', [profile(0, 0), profile(0, 0)], 0, null],
])('main and sub stream of a camera with %s', (_what, profiles, main, sub) => {
  const chosen = chooseProfiles(profiles);
  expect([chosen.main, chosen.sub]).toEqual([main === null ? null : profiles[main], sub === null ? null : profiles[sub]]);
});
