import { describe, expect, it } from 'vitest';
import { type CameraEntry, type CameraId, withFurther } from '../../core/cameras/camera.ts';
import { parseStreamWays } from '../../core/cameras/address.ts';
import { createCauses } from '../../main/features/streams/causes.ts';
import { cameraOf } from '../cameras/camera-of.ts';
import { tileFactOf } from '../health/tile-fact-of.ts';

/** Cameras with these ways to their stream, as main knows them. */
function directory(ways: readonly string[]): Map<string, CameraEntry> {
  return new Map(
    ways.map((text, index) => {
      const parsed = parseStreamWays(text);
      if (!parsed.ok) throw new Error(parsed.reason);
      const [main, ...further] = parsed.value;
      const camera = cameraOf(index);
      return [camera.id, { camera, addresses: { main }, ...withFurther(further.length > 0 ? { main: further } : {}) }];
    }),
  );
}

/** The causes that are told when all these cameras are dark behind their gateway. */
function allDark(ways: readonly string[], gateways: Record<string, string> = {}, way: number | null = null) {
  const cameras = directory(ways);
  const causes = createCauses({ entry: (id: CameraId) => cameras.get(id), gatewayNames: () => gateways });
  const tiles = (sinceUtcMs: number) =>
    [...cameras.keys()].map((camera) =>
      tileFactOf(0, {
        camera,
        way: way === null ? null : { number: way, of: 2, why: null },
        verdict: { word: 'lost', hop: 'gateway', why: 'gateway-unreachable', sinceUtcMs },
      }),
    );
  const look = (sinceUtcMs: number) => causes.look([{ displayId: 'd', tiles: tiles(sinceUtcMs) }]);
  look(10_000);
  return { causes: causes.all, look };
}

const three = (of: (index: number) => string): string[] => [0, 1, 2].map(of);

describe('the gateway behind cameras that went dark together', () => {
  it('is called by its host, or as people call it, and never by a path, a user or a password', () => {
    const ways = three((index) => `http://user:secret@mtx.example:8889/cam${index}/whep?key=secret`);
    expect(allDark(ways).causes.current()).toMatchObject([{ kind: 'gateway', name: 'mtx.example:8889', cameras: 3 }]);
    const named = (names: Record<string, string>) => allDark(ways, names).causes.current()[0]?.name;
    expect(named({ 'mtx.example': 'Hayatabad server' })).toBe('Hayatabad server');
    expect(named({ 'mtx.example': 'Hayatabad server', 'mtx.example:8889': 'its second half' })).toBe('its second half');
    expect(JSON.stringify(allDark(ways).causes.current())).not.toContain('secret');
  });

  it('is ours where it fetches the cameras by RTSP', () => {
    expect(allDark(three((index) => `rtsp://10.0.0.${index + 1}/`)).causes.current()).toMatchObject([
      { kind: 'our-gateway', name: '' },
    ]);
  });

  it('is that of the way which the cameras go by', () => {
    const ways = three((index) => `http://one.example/${index} http://two.example/${index}`);
    expect(allDark(ways, {}, 2).causes.current()).toMatchObject([{ name: 'two.example' }]);
  });

  it('is told once, since the time that was told first, although windows reckon a little differently', () => {
    const { causes, look } = allDark(three((index) => `http://one.example/${index}`));
    const told = causes.current();
    look(10_300);
    expect(causes.current()).toBe(told);
    look(40_000);
    expect(causes.current()).toMatchObject([{ sinceUtcMs: 40_000 }]);
  });
});
