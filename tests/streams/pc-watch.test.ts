import { expect, it } from 'vitest';
import { tileFactSchema } from '../../core/streams/tile-fact.ts';
import { createPcWatch } from '../../main/features/streams/pc-watch.ts';
import { createProcessorMeter } from '../../main/hosts/processor-meter.ts';

const verdict = {
  ...{ word: 'live', hop: null, sinceUtcMs: null, why: null },
  ...{ timeKnown: false, unchanged: false, lateMs: null, clockOffsetMs: null },
};
const tile = (state: string) =>
  tileFactSchema.parse({
    ...{ tile: 0, camera: 'c1', stream: 'main', state, atMs: 0, frames: 0, firstFrameMs: null, width: 0, height: 0 },
    ...{ countedAtMs: null, bytes: 0, packetsLost: 0, freezes: 0, decoder: 'unknown', decoderSource: 'none', verdict },
  });
const display = (displayId: string, ...states: string[]) => ({ displayId, tiles: states.map(tile) });

it('counts the windows that show tiles, and says how busy the PC is every two seconds, in twentieths', () => {
  let nowMs = 0;
  const shares = [0.312, 0.98, null];
  const watch = createPcWatch({ monotonicMs: () => nowMs }, { busy: () => shares.shift() ?? null });
  const told: unknown[] = [];
  watch.load.subscribe((load) => void told.push(load));
  const three = [display('a', 'live', 'hidden'), display('b', 'opening'), display('c', 'hidden', 'empty'), display('d')];
  for (nowMs = 0; nowMs <= 7_000; nowMs += 500) watch.look(three);
  expect(told).toEqual([
    { windows: 2, busy: null },
    { windows: 2, busy: 0.3 },
    { windows: 2, busy: 1 },
    { windows: 2, busy: null },
  ]);
});

it('the processor is as busy as it was since it was asked last, and nothing is known where no time went by', () => {
  const spent = [
    { busy: 100, idle: 100 },
    { busy: 130, idle: 110 },
    { busy: 130, idle: 110 },
  ];
  const meter = createProcessorMeter(() => spent.shift() ?? { busy: 0, idle: 0 });
  expect([meter.busy(), meter.busy()]).toEqual([0.75, null]);
});
