import type { OnvifSession } from './onvif-session.ts';
import { child, childrenOf, numberOf, textOf, type XmlElement } from './read-xml.ts';
import { escapeXml } from './xml-text.ts';

/** What a camera's profile binds together (ONVIF Media §5.2). */
export interface MediaProfile {
  readonly token: string;
  readonly name: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number | null;
  /** Its picture's source, which focus and iris belong to. */
  readonly videoSource: string | null;
  /** Null: it cannot be steered through this profile. */
  readonly ptzNode: string | null;
}

const mostProfiles = 64;

/** At most 64; those without a token are left out. */
export async function readProfiles(session: OnvifSession): Promise<readonly MediaProfile[]> {
  const answer = await session.ask('media', 'GetProfiles', '<trt:GetProfiles/>');
  return childrenOf(answer, 'Profiles').slice(0, mostProfiles).flatMap(profileOf);
}

function profileOf(profile: XmlElement): MediaProfile[] {
  const token = profile.attributes['token'] ?? '';
  if (token === '') return [];
  const encoder = child(profile, 'VideoEncoderConfiguration');
  const size = (name: string) => numberOf(textOf(encoder, 'Resolution', name)) ?? 0;
  const ptz = child(profile, 'PTZConfiguration');
  return [
    {
      token,
      name: textOf(profile, 'Name').slice(0, 120),
      codec: textOf(encoder, 'Encoding').slice(0, 20),
      width: size('Width'),
      height: size('Height'),
      framesPerSecond: numberOf(textOf(encoder, 'RateControl', 'FrameRateLimit')),
      videoSource: textOf(profile, 'VideoSourceConfiguration', 'SourceToken') || null,
      ptzNode: ptz === undefined ? null : textOf(ptz, 'NodeToken') || null,
    },
  ];
}

/** The RTSP address of a profile (Media §5.15.1), without user and password even where the device writes some into it; null for none. */
export async function readStreamUri(session: OnvifSession, profile: string): Promise<string | null> {
  const body = [
    '<trt:GetStreamUri><trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport>',
    `</trt:StreamSetup><trt:ProfileToken>${escapeXml(profile)}</trt:ProfileToken></trt:GetStreamUri>`,
  ].join('');
  return addressIn(await session.ask('media', 'GetStreamUri', body), ['rtsp:', 'rtsps:']);
}

/** Where the camera gives a still (Media §5.15.2), likewise. */
export async function readSnapshotUri(session: OnvifSession, profile: string): Promise<string | null> {
  const body = `<trt:GetSnapshotUri><trt:ProfileToken>${escapeXml(profile)}</trt:ProfileToken></trt:GetSnapshotUri>`;
  return addressIn(await session.ask('media', 'GetSnapshotUri', body), ['http:', 'https:']);
}

function addressIn(answer: XmlElement, protocols: readonly string[]): string | null {
  const text = textOf(answer, 'MediaUri', 'Uri');
  if (text.length > 2_048 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!protocols.includes(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
