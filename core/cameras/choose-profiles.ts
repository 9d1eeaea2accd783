/** What of a camera's profile decides whether it becomes the main or the sub stream. */
export interface StreamProfile {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number | null;
}

/** What small tiles of a wall are drawn from: about 640×360. */
const subPixels = 640 * 360;
/** The sub stream has at most this share of the main stream's pixels; else it saves nothing. */
const subShareMost = 0.6;

const pixels = ({ width, height }: StreamProfile): number => width * height;
/** Every PC decodes H.264; H.265 needs hardware; JPEG is encoded anew here. */
const codecRank = ({ codec }: StreamProfile): number =>
  ['H264', 'H265', 'MPEG4', 'JPEG'].indexOf(codec.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
const worseCodec = (profile: StreamProfile): number => (codecRank(profile) === -1 ? 4 : codecRank(profile));

/**
 * The profiles to watch: the largest as the main stream (among equals H.264, then more pictures a second, then the camera's own order), and as the sub stream the one
 * nearest to 640×360 that is clearly smaller. Null where there is none.
 */
export function chooseProfiles<P extends StreamProfile>(
  profiles: readonly P[],
): { readonly main: P | null; readonly sub: P | null } {
  const largestFirst = profiles.toSorted(
    (a, b) => pixels(b) - pixels(a) || worseCodec(a) - worseCodec(b) || (b.framesPerSecond ?? 0) - (a.framesPerSecond ?? 0),
  );
  const main = largestFirst[0] ?? null;
  if (main === null) return { main, sub: null };
  const distance = (profile: P) => Math.abs(Math.log(Math.max(1, pixels(profile)) / subPixels));
  const smaller = largestFirst
    .filter((profile) => pixels(profile) > 0 && pixels(profile) <= pixels(main) * subShareMost)
    .toSorted((a, b) => distance(a) - distance(b) || worseCodec(a) - worseCodec(b));
  return { main, sub: smaller[0] ?? null };
}
