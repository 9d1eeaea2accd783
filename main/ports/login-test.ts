import type { StreamAddress } from '../../core/cameras/camera.ts';

/** Asks a camera once whether it takes a login. Never rejects; ends by itself within some seconds, or with the signal. */
export type LoginTest = (address: StreamAddress, signal: AbortSignal) => Promise<'answered' | 'refused' | 'silent'>;
