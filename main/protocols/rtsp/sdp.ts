import type { VideoCodec } from '../../gateway/source.ts';
import { RtspFailure } from './rtsp-failure.ts';

/** The one track of a description that we want. */
export interface VideoTrack {
  readonly codec: VideoCodec;
  readonly payloadType: number;
  /** `a=control` of the track and of the session; null where there is none. */
  readonly control: string | null;
  readonly sessionControl: string | null;
  /** VPS, SPS and PPS in this order, as far as the description has them. */
  readonly parameterSets: readonly Buffer[];
}

interface Section {
  readonly media: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

const codecs: ReadonlyMap<string, VideoCodec> = new Map([
  ['H264', 'h264'],
  ['H265', 'h265'],
  ['HEVC', 'h265'],
]);

const maxParameterSets = 32;

/**
 * Picks the first H.264 or H.265 video of a session description (RFC 8866). Throws `RtspFailure`: `camera-protocol` for something
 * that is no description, `codec-unsupported` where no track is of use.
 */
export function pickVideoTrack(sdp: string): VideoTrack {
  const [session, ...medias] = sectionsOf(sdp);
  if (!session || medias.length === 0) throw new RtspFailure('camera-protocol', 'the camera describes no media');
  for (const section of medias) {
    const track = videoTrackOf(section, attribute(session, 'control'));
    if (track) return track;
  }
  throw new RtspFailure('codec-unsupported', 'the camera offers no H.264 or H.265 video');
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

function videoTrackOf(section: Section, sessionControl: string | null): VideoTrack | null {
  const [kind, , protocol = '', ...formats] = section.media.split(/\s+/);
  // Encrypted media (RTP/SAVP) has keys we do not ask for.
  if (kind?.toLowerCase() !== 'video' || !protocol.toUpperCase().startsWith('RTP/AVP')) return null;
  for (const format of formats) {
    const codec = codecOf(section, format);
    const parameters = formatParameters(section, format);
    if (!codec || isInterleavedMode(codec, parameters)) continue;
    return {
      codec,
      payloadType: Number(format),
      control: attribute(section, 'control'),
      sessionControl,
      parameterSets: parameterSetsOf(codec, parameters),
    };
  }
  return null;
}

function codecOf(section: Section, format: string): VideoCodec | undefined {
  if (!/^\d{1,3}$/.test(format) || Number(format) > 127) return undefined;
  for (const [name, value] of section.attributes) {
    const map = name === 'rtpmap' ? /^(\d+)\s+([^/\s]+)/.exec(value) : null;
    if (map && Number(map[1]) === Number(format)) return codecs.get((map[2] ?? '').toUpperCase());
  }
  return undefined;
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
function isInterleavedMode(codec: VideoCodec, parameters: ReadonlyMap<string, string>): boolean {
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
