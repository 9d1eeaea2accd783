import type { StreamAddress, StreamName } from './camera.ts';

/** What a `sim:` address stands for: a stream of a camera of the city, drawn live; a recording of one in a loop; or a made-up camera without a picture. */
export type SimAddress =
  | { readonly what: 'city'; readonly camera: string; readonly stream: StreamName }
  /** `turn` tells loops of one recording apart: each begins elsewhere in it. */
  | { readonly what: 'recording'; readonly camera: string; readonly turn: number }
  | { readonly what: 'made-up' };

const sim = (path: string): StreamAddress => ({ scheme: 'sim', url: `sim:${path}`, credentials: null });

export const madeUpAddress: StreamAddress = sim('made-up');

/** A camera of the city, drawn live: its sub stream as it is drawn, its main stream enlarged. */
export function cityAddress(camera: string, stream: StreamName): StreamAddress {
  return sim(stream === 'main' ? `${camera}/main` : camera);
}

/** A recording of a camera of the city. */
export function recordingAddress(camera: string, turn: number): StreamAddress {
  return sim(`recording/${camera}/${turn}`);
}

/** Reads an address of ours; null for what we never made. */
export function readSimAddress(url: string): SimAddress | null {
  if (url === madeUpAddress.url) return { what: 'made-up' };
  const recording = /^sim:recording\/([a-z0-9-]{1,64})\/(\d{1,3})$/.exec(url);
  if (recording !== null) return { what: 'recording', camera: recording[1] ?? '', turn: Number(recording[2]) };
  const city = /^sim:([a-z0-9-]{1,64})(\/main)?$/.exec(url);
  return city === null ? null : { what: 'city', camera: city[1] ?? '', stream: city[2] === undefined ? 'sub' : 'main' };
}
