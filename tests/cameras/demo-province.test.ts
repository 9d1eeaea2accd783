import { describe, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { readSimAddress } from '../../core/cameras/sim-address.ts';
import { demoProvince } from '../../main/features/cameras/province/demo-province.ts';
import { plans } from '../../main/gateway/city/plans/all-plans.ts';

const all = demoProvince();
const within = (tag: string) =>
  all.filter(({ camera }) => camera.tags.includes(tag) || (tag === 'phase 1' && camera.number <= 116));
const sites = (entries: typeof all) => new Set(entries.map(({ camera }) => `${camera.district}/${camera.site}`)).size;

describe('the demonstration province', () => {
  it('has the locations and cameras of the project, each once', () => {
    expect([sites(within('phase 1')), within('phase 1').length, sites(within('phase 2'))]).toEqual([125, 710, 600]);
    const installed = ['Dera Ismail Khan', 'Bannu', 'Lakki Marwat'].map((district) =>
      sites(all.filter(({ camera }) => camera.district === district)),
    );
    expect([installed, sites(all)]).toEqual([[88, 76, 47], 936]);
    for (const of of ['id', 'number', 'name'] as const)
      expect(new Set(all.map(({ camera }) => camera[of])).size).toBe(all.length);
  });

  it('is valid, marked as simulated, says that it is made up, and lies in its districts', () => {
    for (const { camera } of all) {
      expect(cameraSchema.parse(camera)).toMatchObject({ simulated: true, province: 'Khyber Pakhtunkhwa' });
      expect(camera.number < 117 || camera.name.endsWith('(made up)')).toBe(true);
    }
    const middles = {
      Peshawar: [34, 71.54],
      'Dera Ismail Khan': [31.83, 70.9],
      Bannu: [32.99, 70.6],
      'Lakki Marwat': [32.61, 70.91],
    };
    for (const [district, [lat = 0, lon = 0]] of Object.entries(middles)) {
      for (const { camera } of all.filter((each) => each.camera.district === district)) {
        expect(Math.abs((camera.position?.lat ?? 0) - lat)).toBeLessThan(0.2);
        expect(Math.abs((camera.position?.lon ?? 0) - lon)).toBeLessThan(0.2);
      }
    }
  });

  it('begins with the city, and after it 48 recordings of cameras that are drawn; nothing else has a picture', () => {
    expect(all.slice(0, 16)).toEqual(demoCity());
    const recordings = all.slice(16, 64).map(({ addresses }) => readSimAddress(addresses.main?.url ?? ''));
    const seen = recordings.map((sim) => (sim?.what === 'recording' && plans[sim.camera] ? `${sim.camera} ${sim.turn}` : null));
    expect([seen.includes(null), new Set(seen).size]).toEqual([false, 48]);
    expect(new Set(all.slice(64).map(({ addresses }) => addresses.main?.url))).toEqual(new Set(['sim:made-up']));
  });

  it('is the same each time', () => {
    expect(demoProvince()).toEqual(all);
  });
});
