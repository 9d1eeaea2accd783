import type { ForeignCodec, VideoCodec } from '../../gateway/source.ts';
import { RtspFailure } from './rtsp-failure.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The one track of a description that we want. */
export interface VideoTrack<Codec extends VideoCodec | ForeignCodec = VideoCodec> {
  readonly codec: Codec;
  readonly payloadType: number;
  /** `a=control` of the track and of the session; null where there is none. */
  readonly control: string | null;
  readonly sessionControl: string | null;
  /** VPS, SPS and PPS in this order, as far as the description has them; for MPEG-4 its configuration in one. */
  readonly parameterSets: readonly Buffer[];
  /** In pixels, where the description says it (only JPEG needs it); null elsewhere. */
  readonly size: PictureSize | null;
}

export type AnyVideoTrack = VideoTrack | VideoTrack<ForeignCodec>;

interface Section {
  readonly media: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

const codecs: ReadonlyMap<string, VideoCodec | ForeignCodec> = new Map([
  ['H264', 'h264'],
  ['H265', 'h265'],
  ['HEVC', 'h265'],
  ['JPEG', 'jpeg'],
  ['MP4V-ES', 'mpeg4'],
]);

/** What is passed on as it is comes first; then what costs a decoder least. */
const preferences: readonly (readonly (VideoCodec | ForeignCodec)[])[] = [['h264', 'h265'], ['jpeg'], ['mpeg4']];

/** RFC 3551 §6, table 5: needs no `a=rtpmap`. */
const staticJpeg = 26;
const maxFormats = 32;
const maxParameterSets = 32;

/**
 * Picks the video of a session description (RFC 8866): the first H.264 or H.265, else JPEG, else MPEG-4 Visual. Throws `RtspFailure`: `camera-protocol` for something
 * that is no description, `codec-unsupported` where no track is of use.
 */
export function pickVideoTrack(sdp: string): AnyVideoTrack {
  const [session, ...medias] = sectionsOf(sdp);
  if (!session || medias.length === 0) throw new RtspFailure('camera-protocol', 'the camera describes no media');
  const tracks = medias.flatMap((section) => videoTracksOf(section, attribute(session, 'control')));
  for (const codecsOfUse of preferences) {
    const track = tracks.find(({ codec }) => codecsOfUse.includes(codec));
    if (track) return track;
  }
  throw new RtspFailure('codec-unsupported', 'the camera offers no H.264, H.265, JPEG or MPEG-4 video');
}

function sectionsOf(sdp: string): readonly Section[] {
  const sections: { media: string; attributes: [string, string][] }[] = [{ media: '', attributes: [] }];
  for (const line of sdp.split(/\r\n|\r|\n/)) {
    const value = line.slice(2).trim();
    if (line.startsWith('m=')) sections.push({ media: value, attributes: [] });
    if (!line.startsWith('a=')) continue;
    const colon = value.indexOf(':');
    const name = (colon < 0 ? value : value.slice(0, colon)).toLowerCase();
    sections.at(-1)?.attributes.push([name, colon < 0 ? '' : value.slice(colon + 1).trim()]);
  }
  return sections;
}

function attribute(section: Section, name: string): string | null {
  return section.attributes.find(([own]) => own === name)?.[1] ?? null;
}

function videoTracksOf(section: Section, sessionControl: string | null): readonly AnyVideoTrack[] {
  const [kind, , protocol = '', ...formats] = section.media.split(/\s+/);
  // Encrypted media (RTP/SAVP) has keys we do not ask for.
  if (kind?.toLowerCase() !== 'video' || !protocol.toUpperCase().startsWith('RTP/AVP')) return [];
  const control = attribute(section, 'control');
  return formats.slice(0, maxFormats).flatMap((format): readonly AnyVideoTrack[] => {
    const codec = codecOf(section, format);
    const parameters = formatParameters(section, format);
    if (!codec || isInterleavedMode(codec, parameters)) return [];
    const common = { payloadType: Number(format), control, sessionControl };
    if (codec === 'jpeg') return [{ ...common, codec, parameterSets: [], size: sizeOf(section, format) }];
    if (codec === 'mpeg4') return [{ ...common, codec, parameterSets: configurationOf(parameters), size: null }];
    return [{ ...common, codec, parameterSets: parameterSetsOf(codec, parameters), size: null }];
  });
}

function codecOf(section: Section, format: string): VideoCodec | ForeignCodec | undefined {
  if (!/^\d{1,3}$/.test(format) || Number(format) > 127) return undefined;
  for (const [name, value] of section.attributes) {
    const map = name === 'rtpmap' ? /^(\d+)\s+([^/\s]+)/.exec(value) : null;
    if (map && Number(map[1]) === Number(format)) return codecs.get((map[2] ?? '').toUpperCase());
  }
  return Number(format) === staticJpeg ? 'jpeg' : undefined;
}

/** `a=fmtp` as names in lower case with their values. */
function formatParameters(section: Section, format: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of section.attributes) {
    const line = name === 'fmtp' ? /^(\d+)\s+(.*)$/.exec(value) : null;
    if (!line || Number(line[1]) !== Number(format)) continue;
    for (const part of (line[2] ?? '').split(';')) {
      const equals = part.indexOf('=');
      if (equals > 0) parameters.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
    }
  }
  return parameters;
}

/** Units that come out of decoding order (RFC 6184 §5.5, RFC 7798 §7.1) would need a reordering buffer; no camera is known to send so. */
function isInterleavedMode(codec: VideoCodec | ForeignCodec, parameters: ReadonlyMap<string, string>): boolean {
  if (codec === 'h264') return parameters.get('packetization-mode') === '2';
  return Number(parameters.get('sprop-max-don-diff') ?? '0') > 0;
}

function parameterSetsOf(codec: VideoCodec, parameters: ReadonlyMap<string, string>): readonly Buffer[] {
  const names = codec === 'h264' ? ['sprop-parameter-sets'] : ['sprop-vps', 'sprop-sps', 'sprop-pps'];
  const texts = names.flatMap((name) => (parameters.get(name) ?? '').split(','));
  const headerBytes = codec === 'h264' ? 1 : 2;
  // Buffer's base64 skips what is not base64; an empty rest is left out.
  return texts
    .slice(0, maxParameterSets)
    .map((text) => Buffer.from(text.trim(), 'base64'))
    .filter((set) => set.length > headerBytes);
}

/** RFC 6416 §7.1: the visual object sequence, visual object and video object layer headers in hexadecimal digits. */
function configurationOf(parameters: ReadonlyMap<string, string>): readonly Buffer[] {
  const text = parameters.get('config') ?? '';
  return /^([0-9a-f]{2})+$/i.test(text) ? [Buffer.from(text, 'hex')] : [];
}

/** `a=framesize:26 2592-1944` (3GPP TS 26.234 §5.3.3.2) or `a=x-dimensions:2592,1944`. */
function sizeOf(section: Section, format: string): PictureSize | null {
  const named = new RegExp(`^${Number(format)}\\s+(\\d{1,5})-(\\d{1,5})$`).exec(attribute(section, 'framesize') ?? '');
  const loose = /^(\d{1,5})\s*,\s*(\d{1,5})$/.exec(attribute(section, 'x-dimensions') ?? '');
  const match = named ?? loose;
  const [width, height] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  const possible = width > 0 && height > 0 && width <= 0xff_ff && height <= 0xff_ff;
  return possible ? { width, height } : null;
}
