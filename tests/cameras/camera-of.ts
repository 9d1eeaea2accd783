import { type Camera, cameraIdSchema } from '../../core/cameras/camera.ts';

/** A camera with what a test says of it; its id comes from its number. */
export function cameraOf(number: number, more: Partial<Omit<Camera, 'id' | 'number'>> = {}): Camera {
  return {
    id: cameraIdSchema.parse(`c-${number}`),
    number,
    name: `Camera ${number}`,
    province: '',
    district: '',
    site: '',
    position: null,
    kind: 'fixed',
    siteKind: null,
    tags: [],
    streams: ['main'],
    simulated: false,
    ...more,
  };
}
