import type { StreamAddress } from './camera.ts';

/** What a `sim:` address stands for: a camera of the city, drawn live; a recording of one in a loop; or a made-up camera without a picture. */
export type SimAddress =
  | { readonly what: 'city'; readonly camera: string }
  /** `turn` tells loops of one recording apart: each begins elsewhere in it. */
  | { readonly what: 'recording'; readonly camera: string; readonly turn: number }
  | { readonly what: 'made-up' };

const sim = (path: string): StreamAddress => ({ scheme: 'sim', url: `sim:${path}`, credentials: null });

export const madeUpAddress: StreamAddress = sim('made-up');

/** A recording of a camera of the city. */
export function recordingAddress(camera: string, turn: number): StreamAddress {
  return sim(`recording/${camera}/${turn}`);
}

/** Reads an address of ours; null for what we never made. */
export function readSimAddress(url: string): SimAddress | null {
  if (url === madeUpAddress.url) return { what: 'made-up' };
  const recording = /^sim:recording\/([a-z0-9-]{1,64})\/(\d{1,3})$/.exec(url);
  if (recording !== null) return { what: 'recording', camera: recording[1] ?? '', turn: Number(recording[2]) };
  const camera = /^sim:([a-z0-9-]{1,64})$/.exec(url)?.[1];
  return camera === undefined ? null : { what: 'city', camera };
}
