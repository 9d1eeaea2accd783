import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { defaultSettings } from '../../main/ports/settings.ts';
import { openConfSettings } from '../../main/stores/conf-settings.ts';
import { openElectronSettings } from '../../main/stores/electron-settings.ts';
import { collectLog, temporaryFolder } from './temporary-folder.ts';

// What electron-store is over conf: another name for `configName`. The real one cannot be loaded outside Electron.
vi.mock('electron-store', () => ({
  default: class extends Conf {
    constructor({ name, ...options }: { name: string; cwd: string }) {
      super({ ...options, configName: name });
    }
  },
}));

const clock = { ...systemClock, utcMs: () => Date.UTC(2026, 10, 21, 1, 2, 3) };

describe.each([
  ['conf', openConfSettings],
  ['electron-store', openElectronSettings],
])('settings in %s', (_, open) => {
  it('begin with one seat that may do all a wall needs, with nothing remembered, and no kiosk', () => {
    const { values } = open(temporaryFolder(), clock, collectLog());
    expect(values.current()).toEqual({
      seats: [{ number: 1, role: 'supervisor', priority: 50 }],
      lastPort: null,
      shifts: ['06:00', '14:00', '22:00'],
      media: { mostHighStreams: 16, mostFullStreams: null, bandwidthKbps: null },
      gateways: {},
      audit: { headsFolder: null, headEverySeconds: 60 },
      evidence: {
        quotaBytes: 200 * 1024 ** 3,
        leaveFreeBytes: 2 * 1024 ** 3,
        retentionDays: 90,
        beforeSeconds: 60,
        askAfterMinutes: 30,
        mostMinutes: 120,
        timeStampAuthority: null,
      },
      rewind: { seconds: 120, megabytes: 512 },
      kiosk: false,
      kioskPin: null,
      kioskPinFailures: { count: 0, lastUtcMs: 0 },
      metrics: null,
      procedures: null,
    });
  });

  it('are kept in settings.json for this user alone, and told to who watches', async () => {
    const folder = temporaryFolder();
    const settings = open(folder, clock, collectLog());
    const heard: (number | null)[] = [];
    settings.values.subscribe((values) => heard.push(values.lastPort));
    await settings.update({ lastPort: 4_711 });
    expect(heard).toEqual([4_711]);
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(open(folder, clock, collectLog()).values.current()).toEqual({ ...defaultSettings, lastPort: 4_711 });
  });

  it('refuse a change that is not good, and stay as they were', async () => {
    const settings = open(temporaryFolder(), clock, collectLog());
    await expect(settings.update({ lastPort: 70_000 })).rejects.toMatchObject({
      code: 'bad-value',
      message: expect.stringContaining('lastPort'),
    });
    const seat = { number: 1, role: 'viewer', priority: 1 } as const;
    await expect(settings.update({ seats: [seat, seat] })).rejects.toMatchObject({ code: 'bad-value' });
    expect(settings.values.current()).toEqual(defaultSettings);
  });

  it.each([
    ['{ "lastPort": 80', 'it is not JSON'],
    ['[]', 'the whole'],
    ['{ "lastPort": "eighty" }', 'lastPort'],
    ['{ "seats": [ { "number": 1, "role": "king", "priority": 1 } ] }', 'seats.0.role'],
  ])('that are broken (%s) are kept aside, and the defaults are used', (text, fault) => {
    const folder = temporaryFolder();
    const log = collectLog();
    writeFileSync(join(folder, 'settings.json'), text);
    expect(open(folder, clock, log).values.current()).toEqual(defaultSettings);
    expect(readFileSync(join(folder, 'settings.broken-2026-11-21T01-02-03-000Z.json'), 'utf8')).toBe(text);
    expect(log.lines).toEqual([expect.stringContaining(fault)]);
    expect(log.lines[0]).toContain('settings.broken-2026-11-21T01-02-03-000Z.json');
  });

  it('of another version keep the fields this one does not know', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'settings.json'), '{ "lastPort": 80, "ofTomorrow": { "a": 1 } }');
    const settings = open(folder, clock, collectLog());
    await settings.update({ lastPort: 81 });
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ lastPort: 81, ofTomorrow: { a: 1 } });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(existsSync(join(folder, 'settings.json'))).toBe(true);
  });
});
