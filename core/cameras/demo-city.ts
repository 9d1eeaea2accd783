import type { CameraEntry } from './camera.ts';

export function demoCity(): CameraEntry[] {
  return [];
}
