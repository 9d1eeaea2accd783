import { describe, expect, it } from 'vitest';
import { type Camera, cameraSchema } from '../../core/cameras/camera.ts';
import { metresBetween, neighboursOf } from '../../core/cameras/neighbours.ts';

const camera = (number: number, more: Partial<Camera> = {}): Camera => ({
  ...cameraSchema.parse({
    id: `c-${number}`,
    number,
    name: `Camera ${number}`,
    district: 'Peshawar',
    site: `Site ${number}`,
    position: null,
    kind: 'fixed',
    streams: ['main'],
    simulated: false,
  }),
  ...more,
});
const at = (lat: number, lon: number): Partial<Camera> => ({ position: { lat, lon } });

describe('the neighbours of a camera', () => {
  it('are those of its site first, then the nearest, and none that is far away or nowhere', () => {
    const own = camera(1, { site: 'Khyber Bazar', ...at(34.01, 71.57) });
    const all = [
      own,
      camera(2, at(34.0145, 71.57)),
      camera(3, at(34.0109, 71.57)),
      camera(4, { site: 'Khyber Bazar' }),
      camera(5, { site: 'Khyber Bazar', district: 'Bannu' }),
      camera(6, at(34.1, 71.57)),
      camera(7),
      camera(8, { site: 'Khyber Bazar', ...at(34.0101, 71.57) }),
    ];
    const found = neighboursOf(all, [own], 12);
    expect(found.map(({ camera: { number }, metres }) => [number, metres === null ? null : Math.round(metres)])).toEqual([
      [4, null],
      [8, 11],
      [3, 100],
      [2, 500],
    ]);
    expect(neighboursOf(all, [own], 2)).toHaveLength(2);
    // Of several the nearest counts, and those that have joined are not offered.
    expect(neighboursOf(all, [own, camera(6, at(34.1, 71.57))], 12).map(({ camera: { number } }) => number)).not.toContain(6);
  });

  it('stand as far apart as the earth says', () => {
    // A minute of latitude is a nautical mile, within half a per cent.
    expect(metresBetween({ lat: 34, lon: 71 }, { lat: 34 + 1 / 60, lon: 71 })).toBeCloseTo(1_853, -1);
    expect(metresBetween({ lat: 34, lon: 179.999 }, { lat: 34, lon: -179.999 })).toBeLessThan(200);
  });
});
