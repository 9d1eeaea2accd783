import { type CameraEntry, type StreamAddress, type StreamName, streamNames, waysOf, withFurther } from './camera.ts';

/** The camera with each of its ways changed. */
export function mapWays(entry: CameraEntry, change: (way: StreamAddress, stream: StreamName) => StreamAddress): CameraEntry {
  const addresses: Partial<Record<StreamName, StreamAddress>> = {};
  const further: Partial<Record<StreamName, readonly StreamAddress[]>> = {};
  for (const stream of streamNames) {
    const [first, ...others] = waysOf(entry, stream).map((way) => change(way, stream));
    if (first !== undefined) addresses[stream] = first;
    if (others.length > 0) further[stream] = others;
  }
  const { addresses: _addresses, further: _further, ...rest } = entry;
  return { ...rest, addresses, ...withFurther(further) };
}
