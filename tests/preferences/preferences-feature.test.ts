import { describe, expect, it, onTestFinished } from 'vitest';
import type { Session } from '../../core/rpc/handlers.ts';
import { createPreferencesFeature } from '../../main/features/preferences/preferences-feature.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';

async function open(folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  const log = collectLog();
  const feature = createPreferencesFeature({ registry, log });
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    void feature.close?.();
    close();
  };
  onTestFinished(end);
  await feature.ready;
  return {
    end,
    registry,
    log,
    choose: (of: Session, change: Parameters<(typeof feature.calls)['preferences.choose']>[0]) =>
      feature.calls['preferences.choose'](change, { session: of, signal: of.ended }),
    seen: (of: Session) => feature.states['preferences.seat'](of).current(),
    heard(of: Session) {
      const told: unknown[] = [];
      onTestFinished(feature.states['preferences.seat'](of).subscribe((value) => told.push(value)));
      return told;
    },
  };
}

const window = (seat: number, displayId = 'left'): Session => ({
  id: `${seat}-${displayId}`,
  seat: { number: seat, role: 'viewer', priority: 1, signedIn: false },
  displayId,
  windowKind: 'shared',
  ended: new AbortController().signal,
});
const nothing = { language: null, contrast: null, panels: null };

describe('what a seat chose', () => {
  it('is told to all of its windows, and to those of no other seat', async () => {
    const { choose, heard, seen } = await open();
    const [own, other] = [heard(window(1, 'right')), heard(window(2))];
    expect(await choose(window(1), { language: 'ur' })).toEqual({ refusal: null });
    expect(own).toEqual([{ ...nothing, language: 'ur' }]);
    expect(other).toEqual([]);
    expect(seen(window(2))).toEqual(nothing);
  });

  it('is there again after a restart, with the open panels of each display', async () => {
    const folder = temporaryFolder();
    const { choose, end } = await open(folder);
    await choose(window(1), { language: 'ps', contrast: 'more' });
    await choose(window(1), { panels: { start: false, end: true } });
    await choose(window(1, 'right'), { panels: { start: true, end: false } });
    end();
    const again = await open(folder);
    expect(again.seen(window(1))).toEqual({ language: 'ps', contrast: 'more', panels: { start: false, end: true } });
    expect(again.seen(window(1, 'right')).panels).toEqual({ start: true, end: false });
    expect(again.seen(window(1, 'other')).panels).toBeNull();
  });

  it('is kept of the displays that were changed last', async () => {
    const { choose, seen } = await open();
    for (let display = 0; display <= 64; display += 1)
      await choose(window(1, `d${display}`), { panels: { start: false, end: false } });
    expect(seen(window(1, 'd0')).panels).toBeNull();
    expect(seen(window(1, 'd64')).panels).toEqual({ start: false, end: false });
  });

  it('is refused, and told to nobody, where it cannot be kept', async () => {
    const { choose, end, heard, log } = await open();
    const told = heard(window(1));
    end();
    expect(await choose(window(1), { contrast: 'more' })).toEqual({ refusal: 'not-saved' });
    expect(told).toEqual([]);
    expect(log.lines.join()).toContain('could not be kept');
  });

  it('begins anew where what is stored cannot be read', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await first.registry.put('preferences.1', { language: 'klingon' });
    first.end();
    expect((await open(folder)).seen(window(1))).toEqual(nothing);
  });
});
