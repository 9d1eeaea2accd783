import type { PlayoutDelay } from '../rtp/playout-delay.ts';
import type { VideoCodec } from '../source.ts';
import { askedPlayoutDelay } from './playout-delay.ts';

/** A payload type of an offer's video section. */
export interface OfferedFormat {
  readonly payloadType: number;
  /** As the offer spells it, for example `opus`. */
  readonly name: string;
  readonly codec: VideoCodec | null;
  readonly fmtp: string;
}

export interface OfferedSection {
  readonly kind: string;
  readonly mid: string;
  readonly direction: string;
  readonly formats: readonly OfferedFormat[];
  /** How long pictures may wait at the viewer, where it asks for that. */
  readonly playoutDelay: PlayoutDelay | null;
  /** It wants its pictures together with those of others, where many are shown. */
  readonly together: boolean;
}

/** What matters to us of an SDP offer (RFC 8866, RFC 9429). */
export interface Offer {
  /** To be given to the peer connection: without candidates nobody can resolve and without the end of candidates. */
  readonly sdp: string;
  readonly sections: readonly OfferedSection[];
  /** The video section to answer with the picture. */
  readonly video: OfferedSection;
}

const mostSections = 16;
const mostLines = 2_000;

/** Reads an offer. Returns the reason, in words, where it cannot be one. */
export function readOffer(text: string): Offer | string {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length > mostLines) return 'the offer has too many lines';
  if (lines[0] !== 'v=0') return 'an SDP offer begins with v=0';
  if (lines.some((line) => !/^[a-z]=/.test(line))) return 'a line of the offer is not SDP';
  if (!/^a=fingerprint:\S+ [0-9A-Fa-f:]+$/m.test(lines.join('\n'))) return 'the offer has no DTLS fingerprint';
  if (!/^a=ice-ufrag:\S+$/m.test(lines.join('\n')) || !/^a=ice-pwd:\S+$/m.test(lines.join('\n')))
    return 'the offer has no ICE credentials';
  const starts = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  if (starts.length === 0 || starts.length > mostSections) return 'the offer has no media, or too many';
  const sections = starts.map((start, index) => readSection(lines.slice(start, starts[index + 1] ?? lines.length)));
  const video = sections.find(
    ({ kind, direction }) => kind === 'video' && (direction === 'recvonly' || direction === 'sendrecv'),
  );
  if (video === undefined) return 'the offer does not want to receive video';
  if (sections.some(({ mid }) => !/^[\x21-\x7e]{1,64}$/.test(mid))) return 'a section of the offer has no mid';
  if (new Set(sections.map(({ mid }) => mid)).size !== sections.length) return 'two sections of the offer have the same mid';
  const sdp = `${lines.filter((line) => line !== 'a=end-of-candidates' && !isUnresolvable(line)).join('\r\n')}\r\n`;
  return { sdp, sections, video };
}

/**
 * Browsers hide local addresses behind mDNS names (draft-ietf-mmusic-mdns-ice-candidates). We do not resolve names: the
 * browser's own checks tell its address.
 */
export function isUnresolvable(candidateLine: string): boolean {
  return /^(a=)?candidate:\S+ \d+ \S+ \d+ \S+\.local\.? /i.test(candidateLine);
}

function readSection(lines: readonly string[]): OfferedSection {
  const [kind = '', , , ...payloadTypes] = (lines[0] ?? '').slice(2).split(' ');
  const value = (prefix: string): string => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? '';
  const direction = lines.find((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line))?.slice(2) ?? 'sendrecv';
  const formats = payloadTypes.slice(0, 128).flatMap((text) => {
    const payloadType = Number(text);
    if (!Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127) return [];
    const rtpmap = value(`a=rtpmap:${text} `);
    return [{ payloadType, name: rtpmap.split('/')[0] ?? '', codec: codecOf(rtpmap), fmtp: value(`a=fmtp:${text} `) }];
  });
  return {
    kind,
    mid: value('a=mid:'),
    direction,
    formats,
    playoutDelay: askedPlayoutDelay(lines),
    together: lines.includes('a=x-deedban-together'),
  };
}

function codecOf(rtpmap: string): VideoCodec | null {
  const name = rtpmap.toLowerCase();
  if (name === 'h264/90000') return 'h264';
  return name === 'h265/90000' ? 'h265' : null;
}
