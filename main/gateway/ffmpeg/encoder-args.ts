/** FLV to our pipe, each picture written the moment it is encoded. */
export const flvOutput: readonly string[] = ['-an', '-sn', '-dn', '-flush_packets', '1', '-f', 'flv', 'pipe:1'];

/** What every encoding here has: no B-frames, no look-ahead, one thread, colours every browser decodes. */
const quick = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1', '-pix_fmt', 'yuv420p'];

/** H.264 Constrained Baseline at a steady rate, for pictures we draw ourselves. */
export function steadyEncoding(size: { bitrateKbps: number; keyEvery: number }): readonly string[] {
  const rate = `${size.bitrateKbps}k`;
  return [
    ...quick,
    '-profile:v',
    'baseline',
    '-g',
    `${size.keyEvery}`,
    '-sc_threshold',
    '0',
    '-b:v',
    rate,
    '-maxrate',
    rate,
    '-bufsize',
    rate,
  ];
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
