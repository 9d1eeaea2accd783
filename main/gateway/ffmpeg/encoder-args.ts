/** FLV to our pipe, each picture written the moment it is encoded. */
export const flvOutput: readonly string[] = ['-an', '-sn', '-dn', '-flush_packets', '1', '-f', 'flv', 'pipe:1'];

/** What every encoding here has: no B-frames, no look-ahead, one thread, colours every browser decodes. */
const quick = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1', '-pix_fmt', 'yuv420p'];

/**
 * H.264 Constrained Baseline of an even quality, for pictures we draw ourselves: they are much the same all day, so there is
 * no rate to hold, and holding one costs the encoder a third of its work (it looks at each picture twice).
 *
 * @param size.quantiser 0 (best) to 51 (worst)
 */
export function evenEncoding(size: { quantiser: number; keyEvery: number }): readonly string[] {
  return [...quick, '-profile:v', 'baseline', '-g', `${size.keyEvery}`, '-sc_threshold', '0', '-qp', `${size.quantiser}`];
}

/** H.264 for footage of unknown size and rate: as good as it needs to be up to 4 Mbit/s, a key picture every two seconds. */
export const footageEncoding: readonly string[] = [
  ...quick,
  '-profile:v',
  'baseline',
  '-crf',
  '23',
  '-maxrate',
  '4M',
  '-bufsize',
  '2M',
  '-g',
  '600',
  '-force_key_frames',
  'expr:gte(t,n_forced*2)',
  // H.264 with 4:2:0 needs even sides; a few cameras crop to odd ones.
  '-vf',
  'scale=trunc(iw/2)*2:trunc(ih/2)*2',
];
