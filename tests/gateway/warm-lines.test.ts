import { describe, expect, it } from 'vitest';
import { lineTimes } from '../../main/gateway/source-line.ts';
import { createWarmLines, mostHolders } from '../../main/gateway/warm-lines.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createFakeLine } from './support/fake-line.ts';

const names = ['one', 'two'];

function start() {
  const clock = createFakeClock();
  const cameras = new Map(names.map((name) => [name, createFakeLine(clock)]));
  const warm = createWarmLines({ clock, lines: { find: (camera) => cameras.get(camera)?.line ?? null } });
  const hold = (holder: string, wanted: readonly string[], keepMs = 10_000) =>
    warm.hold(
      holder,
      wanted.map((camera) => ({ camera, stream: 'main' as const })),
      keepMs,
    );
  const open = () => names.filter((name) => (cameras.get(name)?.sources.open() ?? 0) > 0);
  return { clock, warm, hold, open, tries: (name: string) => cameras.get(name)?.sources.tries() };
}

describe('lines that a window is about to show', () => {
  it('are open before anybody sees them, and end when their time is over', () => {
    const { clock, hold, open } = start();
    expect(hold('window', ['one', 'none', 'two'])).toEqual([true, false, true]);
    expect(open()).toEqual(['one', 'two']);
    clock.pass(10_000 + lineTimes.lingerMs);
    expect([open(), clock.waiting()]).toEqual([[], 0]);
  });

  it('take the place of what the same window named before: what is named again is not opened anew, other windows keep theirs', () => {
    const { clock, hold, open, tries } = start();
    hold('window', ['one', 'two']);
    hold('other', ['two'], 30_000);
    hold('window', ['one'], 30_000);
    clock.pass(20_000 + lineTimes.lingerMs - 1);
    expect([open(), tries('one')]).toEqual([['one', 'two'], 1]);
    hold('window', []);
    hold('other', []);
    clock.pass(lineTimes.lingerMs);
    expect([open(), clock.waiting()]).toEqual([[], 0]);
  });

  it('are held for so many windows and no more, and for none at the end', () => {
    const { clock, warm, hold, open } = start();
    for (let holder = 0; holder < mostHolders; holder += 1) expect(hold(`window ${holder}`, ['one'])).toEqual([true]);
    expect(hold('one more', ['two'])).toEqual([false]);
    expect(hold('window 0', ['two'])).toEqual([true]);
    warm.close();
    clock.pass(lineTimes.lingerMs);
    expect([open(), clock.waiting()]).toEqual([[], 0]);
  });
});
