import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { Seat } from '../../core/access/seat.ts';
import type { Flag } from '../../core/incidents/incident-deed.ts';

export const camera = (id: string) => cameraIdSchema.parse(id);

export const flagOf = (id = 'pes-1', more: Partial<Flag> = {}): Flag => ({
  camera: camera(id),
  category: 'accident',
  severity: 2,
  place: 'Khyber Bazar, gate 2',
  shownUtcMs: null,
  ...more,
});

export const seatOf = (number: number, role: Seat['role'] = 'operator'): Seat => ({
  number,
  role,
  priority: 50,
  signedIn: false,
});
