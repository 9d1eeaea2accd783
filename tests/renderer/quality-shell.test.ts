import { describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { nextStreamLife, openStreamLife, type StreamInput } from '../../core/streams/stream-life.ts';
import type { Verdict } from '../../core/streams/verdict.ts';
import { qualityHad } from '../../renderer/features/wall/quality-had.ts';
import { createQualityRates, type LookedAt } from '../../renderer/features/wall/quality-rates.ts';
import { createQualityRefresh } from '../../renderer/features/wall/quality-refresh.ts';

const camera = { id: cameraIdSchema.parse('a'), streams: ['main', 'sub'] as ('main' | 'sub')[] };
const live: readonly StreamInput[] = [
  { type: 'opened', atMs: 1 },
  { type: 'frame', atMs: 2 },
];
const unremarkable: Verdict = { word: 'live', hop: null, sinceMs: null, why: null, timeKnown: false, unchanged: false };

function session(inputs: readonly StreamInput[], why: Verdict['why'] = null) {
  const seen = { frames: 0, bytes: 0, lastMs: 0 };
  const path = '/whep/a/main';
  return {
    seen,
    looked: {
      life: () => inputs.reduce(nextStreamLife, openStreamLife(0)),
      wanted: () => path,
      path: () => path,
      trouble: () => null,
      verdict: () => ({ ...unremarkable, why }),
      facts: () => ({ pictures: { width: 1_280, height: 720 }, gait: 'full', tap: { ...seen } }),
    } satisfies LookedAt,
  };
}

describe('what streams were seen to measure', () => {
  it('is their size, rate and bandwidth, once they are on the glass for a while', () => {
    const rates = createQualityRates();
    const { looked, seen } = session(live);
    for (let ms = 0; ms <= 6_000; ms += 500) {
      Object.assign(seen, { frames: ms / 40, bytes: ms * 250, lastMs: ms });
      rates.look(looked, ms);
      if (ms === 1_000) expect(rates.of(camera).main?.size ?? null).toBeNull();
    }
    expect(rates.of(camera)).toEqual({ main: { size: { width: 1_280, height: 720 }, fps: 25, kbps: 2_000 } });
  });

  it('names a stream that has no decoder here, until its address is another one or ten minutes are over', () => {
    const rates = createQualityRates();
    const { looked } = session([], 'codec-unsupported');
    rates.look(looked, 1_000);
    expect(rates.unable(camera.id, 2_000)).toEqual(['main']);
    expect(rates.unable(camera.id, 602_000)).toEqual([]);
    rates.look(looked, 700_000);
    rates.forget(camera.id, 'main');
    expect(rates.unable(camera.id, 700_001)).toEqual([]);
  });
});

describe('a still', () => {
  function still(first: number | null) {
    const done: string[] = [];
    let lastFrameMs = first;
    return {
      done,
      shows: (ms: number) => {
        lastFrameMs = ms;
      },
      session: {
        setMost: (most: string) => void done.push(most),
        glance: (on: boolean) => void done.push(on ? 'glances' : 'rests'),
        facts: () => ({ pictures: { lastFrameMs } }),
      },
    };
  }

  it('rests for a second, then takes the next key picture', () => {
    const refresh = createQualityRefresh();
    const { session: tile, done, shows } = still(0);
    for (let ms = 0; ms <= 6_000; ms += 500) {
      refresh.look(tile, ms);
      if (done.at(-1) === 'glances') shows(ms + 200);
    }
    expect(done).toEqual(['asleep', ...Array.from({ length: 4 }, () => ['glances', 'rests']).flat()]);
  });

  it('of a tile that never showed a picture begins with one, and is not awake for ever where none comes', () => {
    const refresh = createQualityRefresh();
    const { session: tile, done, shows } = still(null);
    refresh.look(tile, 0);
    expect(done).toEqual(['keys']);
    shows(400);
    for (let ms = 500; ms <= 6_000; ms += 500) refresh.look(tile, ms);
    expect(done.slice(1)).toEqual(['asleep', 'glances', 'rests']);
  });
});

describe('the main stream of a tile', () => {
  const given = { stream: 'main', gait: 'full', reason: null } as const;
  const tile = (stream: 'main' | 'sub', trouble: 'camera-unreachable' | null, awaited = false) => ({
    shown: () => ({ camera: camera.id, stream }),
    awaited: () => (awaited ? camera.id : null),
    trouble: () => trouble,
  });

  it('that was asked for and does not come is said to be missing, for as long as the sub is on the glass', () => {
    expect(qualityHad(given, tile('sub', 'camera-unreachable'))).toEqual({ ...given, reason: 'absent' });
    expect(qualityHad(given, tile('sub', null))).toBe(given);
    expect(qualityHad(given, tile('main', 'camera-unreachable'))).toBe(given);
    expect(qualityHad({ ...given, stream: 'sub' }, tile('sub', 'camera-unreachable')).reason).toBeNull();
    // It is another camera's that does not come: the tile says so by its number.
    expect(qualityHad(given, tile('sub', 'camera-unreachable', true))).toBe(given);
  });
});
