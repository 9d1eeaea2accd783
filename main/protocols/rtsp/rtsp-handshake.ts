import { baseUrl, controlUrl } from './control-url.ts';
import type { RtspResponse } from './message.ts';
import { headerOf } from './message.ts';
import type { RtspDialogue } from './rtsp-dialogue.ts';
import { RtspFailure } from './rtsp-failure.ts';
import type { AnyVideoTrack } from './sdp.ts';
import { pickVideoTrack } from './sdp.ts';

/** What DESCRIBE told. */
export interface Presentation {
  readonly track: AnyVideoTrack;
  readonly trackUrl: string;
  /** The address of the whole, for PLAY, keep-alive and TEARDOWN. */
  readonly aggregateUrl: string;
  /** The camera named GET_PARAMETER among its methods. */
  readonly hasGetParameter: boolean;
}

/** What SETUP agreed on. */
export interface Setup {
  readonly rtcpChannel: number;
  /** After how long without a request the camera may end the session. */
  readonly timeoutMs: number;
}

/** RFC 2326 §12.37. */
const defaultTimeoutMs = 60_000;

/** OPTIONS and DESCRIBE. Throws `RtspFailure`. */
export async function describe(dialogue: RtspDialogue, url: string): Promise<Presentation> {
  const methods = await offeredMethods(dialogue, url);
  const described = await dialogue.demand('DESCRIBE', url, { Accept: 'application/sdp' });
  const track = pickVideoTrack(described.body.toString('utf8'));
  const base = baseUrl(described, url);
  return {
    track,
    trackUrl: controlUrl(base, track.control),
    aggregateUrl: controlUrl(base, track.sessionControl),
    hasGetParameter: methods.includes('GET_PARAMETER'),
  };
}

/** SETUP of the one track over this connection (RFC 2326 §10.4, §10.12). Throws `RtspFailure`. */
export async function setUp(dialogue: RtspDialogue, trackUrl: string): Promise<Setup> {
  const answer = await dialogue.demand('SETUP', trackUrl, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' });
  const [id = '', ...parameters] = (headerOf(answer, 'session') ?? '').split(';').map((part) => part.trim());
  // Without an identifier there is nothing to give back; such cameras know their client by its connection.
  dialogue.setSession(id === '' ? null : id);
  return { rtcpChannel: rtcpChannelOf(answer), timeoutMs: timeoutOf(parameters) };
}

/** PLAY from now on. Throws `RtspFailure`. */
export async function play(dialogue: RtspDialogue, aggregateUrl: string): Promise<void> {
  // Some cameras insist on a range although a live stream has none.
  await dialogue.demand('PLAY', aggregateUrl, { Range: 'npt=0.000-' });
}

/** What a camera says it can do; a camera that wants to know first who asks says nothing, and is asked without a password. */
async function offeredMethods(dialogue: RtspDialogue, url: string): Promise<readonly string[]> {
  const answer = await dialogue.tell('OPTIONS', url);
  return (headerOf(answer, 'public') ?? '').toUpperCase().split(/[\s,]+/);
}

function timeoutOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const match = /^timeout\s*=\s*(\d{1,6})/i.exec(parameter);
    const seconds = Number(match?.[1] ?? 0);
    if (seconds > 0) return seconds * 1000;
  }
  return defaultTimeoutMs;
}

function rtcpChannelOf(answer: RtspResponse): number {
  const transport = headerOf(answer, 'transport') ?? '';
  const match = /interleaved\s*=\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?/i.exec(transport);
  if (!match) {
    if (/client_port|multicast/i.test(transport))
      throw new RtspFailure('camera-protocol', 'the camera insists on sending video over UDP');
    return 1;
  }
  const rtcp = match[2] === undefined ? Number(match[1]) + 1 : Number(match[2]);
  return rtcp <= 255 ? rtcp : 1;
}
