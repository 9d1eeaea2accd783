import { describe, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { plans } from '../../main/gateway/city/plans/all-plans.ts';

describe('the list of the demonstration city', () => {
  it('has 16 valid cameras of Peshawar, all marked as simulated', () => {
    const cameras = demoCity().map((entry) => cameraSchema.parse(entry.camera));
    expect(cameras).toHaveLength(16);
    for (const camera of cameras) {
      expect(camera).toMatchObject({ district: 'Peshawar', simulated: true, streams: ['main', 'sub'] });
      expect(Math.abs((camera.position?.lat ?? 0) - 34.01)).toBeLessThan(0.1);
      expect(Math.abs((camera.position?.lon ?? 0) - 71.54)).toBeLessThan(0.2);
    }
  });

  it('gives every camera an id, a number, a name and a place of its own', () => {
    const cameras = demoCity().map((entry) => entry.camera);
    for (const of of ['id', 'number', 'name', 'site'] as const)
      expect(new Set(cameras.map((camera) => camera[of])).size).toBe(16);
    expect(new Set(cameras.map((camera) => JSON.stringify(camera.position))).size).toBe(16);
  });

  it('has a plan for every camera and an address without credentials that names it', () => {
    for (const { camera, addresses } of demoCity()) {
      expect(plans[camera.id]).toBeDefined();
      const sim = (url: string) => ({ scheme: 'sim', url, credentials: null });
      expect(addresses).toEqual({ main: sim(`sim:${camera.id}/main`), sub: sim(`sim:${camera.id}`) });
    }
  });
});
