import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type {
  AccessUnit,
  ForeignCodec,
  OpenSource,
  OpenTranscoder,
  Source,
  SourceEvents,
  SourceProblem,
} from '../../gateway/source.ts';
import type { Clock } from '../../ports/clock.ts';
import { openCameraLink } from './camera-link.ts';
import { keepAlive } from './keep-alive.ts';
import { sendReceiverReports } from './receiver-reports.ts';
import type { RtspConnection, RtspTarget } from './rtsp-connection.ts';
import type { RtspDialogue } from './rtsp-dialogue.ts';
import { createRtspDialogue } from './rtsp-dialogue.ts';
import { problemOf, RtspFailure } from './rtsp-failure.ts';
import type { Presentation } from './rtsp-handshake.ts';
import { describe, play, setUp } from './rtsp-handshake.ts';
import type { VideoTrack } from './sdp.ts';
import { createForeignReceiver, createVideoReceiver, isForeign, type VideoReceiver } from './video-receiver.ts';

/** A camera that plays and sends no packet for this long is silent. */
export const silenceLimitMs = 5_000;
/** The longest distance of key pictures that cameras' "smart" codecs use stays below this. */
export const keyPictureLimitMs = 30_000;
const watchIntervalMs = 500;

export interface RtspSourcePorts {
  readonly clock: Clock;
  /** Encodes JPEG and MPEG-4 anew; without it a camera that sends nothing else ends as `codec-unsupported`. */
  readonly transcode?: OpenTranscoder;
  /** Told once when a source ends, if pictures were held back because packets were missing. */
  readonly onDropped?: (facts: { readonly pictures: number }) => void;
}

/**
 * RTSP 1.0 (RFC 2326) over one TCP or TLS connection with interleaved RTP; H.264 and H.265 as they come, from a key picture on
 * and never a torn one, JPEG and MPEG-4 Visual by the transcoder, which sees pictures and no address. Ends with `camera-unreachable`,
 * `-silent`, `-refused`, `-protocol`, `stream-missing` or `codec-unsupported`, or as its transcoder does.
 */
export function createRtspSource(ports: RtspSourcePorts): OpenSource {
  return (address, events) => openRtspSource(ports, address, events);
}

function openRtspSource(ports: RtspSourcePorts, address: StreamAddress, events: SourceEvents): Source {
  const { clock } = ports;
  const endings: (() => void)[] = [];
  let ended = false;
  let opened = false;
  let connection: RtspConnection | null = null;
  let lastWords: () => Buffer | undefined = () => undefined;
  let receiver: VideoReceiver | null = null;

  function stop(): void {
    ended = true;
    for (const ending of endings.splice(0)) ending();
    connection?.close(lastWords());
    const pictures = receiver?.droppedPictures() ?? 0;
    if (pictures > 0) ports.onDropped?.({ pictures });
  }

  function end(problem: SourceProblem): void {
    if (ended) return;
    stop();
    events.onEnd(problem);
  }

  function open({ track }: Presentation): void {
    // A transcoder says itself when it has something.
    if (ended || opened || isForeign(track)) return;
    opened = true;
    events.onOpen({ codec: track.codec, parameterSets: track.parameterSets });
  }

  function unit(presentation: Presentation, picture: AccessUnit): void {
    if (ended) return;
    // Some cameras send before they have answered PLAY.
    open(presentation);
    if (!ended) events.onUnit(picture);
  }

  function startTranscoder(track: VideoTrack<ForeignCodec>): VideoReceiver {
    if (!ports.transcode) throw new RtspFailure('codec-unsupported', 'the camera offers no H.264 or H.265 video');
    const onOpen: SourceEvents['onOpen'] = (facts) => events.onOpen({ ...facts, encodedFrom: track.codec });
    const transcoder = ports.transcode(track.codec, { onOpen, onUnit: events.onUnit, onEnd: end });
    endings.push(() => transcoder.close());
    const own = createForeignReceiver(clock, track, (picture) => transcoder.push(picture));
    return { ...own, droppedPictures: () => own.droppedPictures() + transcoder.dropped() };
  }

  async function run(): Promise<void> {
    const target = targetOf(address);
    const link = openCameraLink(clock, target, {
      onFrame: (payload) => receiver?.frame(payload),
      onEnd: (failure) => end(dialogue.explain(failure).problem),
    });
    const dialogue = createRtspDialogue(link, target.tls, address.credentials);
    connection = link;
    await link.opened;
    const presentation = await describe(dialogue, address.url);
    if (ended) return;
    const { track } = presentation;
    receiver = isForeign(track)
      ? startTranscoder(track)
      : createVideoReceiver(clock, track, (picture) => unit(presentation, picture));
    const { rtcpChannel, timeoutMs } = await setUp(dialogue, presentation.trackUrl);
    lastWords = () => dialogue.lastWords('TEARDOWN', presentation.aggregateUrl);
    await play(dialogue, presentation.aggregateUrl);
    open(presentation);
    if (!ended) keepPlaying(dialogue, presentation, receiver, link, { rtcpChannel, timeoutMs });
  }

  function keepPlaying(
    dialogue: RtspDialogue,
    { aggregateUrl, hasGetParameter }: Presentation,
    playing: VideoReceiver,
    live: RtspConnection,
    { rtcpChannel, timeoutMs }: { rtcpChannel: number; timeoutMs: number },
  ): void {
    const session = { url: aggregateUrl, timeoutMs, hasGetParameter };
    endings.push(
      watch(clock, playing, end),
      keepAlive(clock, dialogue, session, (failure) => end(failure.problem)),
      sendReceiverReports(clock, {
        report: () => playing.receptionReport(),
        send: (packet) => live.sendFrame(rtcpChannel, packet),
      }),
    );
  }

  run().catch((error: unknown) => end(problemOf(error)));
  return {
    close() {
      if (!ended) stop();
    },
  };
}

/** Notices that nothing comes any more, or nothing that could be shown. Returns the way to stop. */
function watch(clock: Clock, receiver: VideoReceiver, end: (problem: SourceProblem) => void): () => void {
  const startMs = clock.monotonicMs();
  const silent = new RtspFailure('camera-silent', 'the camera sends no video');
  const keyless = new RtspFailure('camera-protocol', 'the camera sends no picture at which decoding can start');
  let stopTimer = next();

  function next(): () => void {
    return clock.after(watchIntervalMs, () => {
      const nowMs = clock.monotonicMs();
      if (nowMs - (receiver.lastRtpAtMs() ?? startMs) >= silenceLimitMs) return end(silent.problem);
      if (nowMs - (receiver.lastPictureAtMs() ?? startMs) >= keyPictureLimitMs) return end(keyless.problem);
      stopTimer = next();
    });
  }

  return () => stopTimer();
}

function targetOf({ url }: StreamAddress): RtspTarget {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const tls = parsed?.protocol === 'rtsps:';
  if (!parsed || !(tls || parsed.protocol === 'rtsp:') || parsed.hostname === '') {
    throw new RtspFailure('camera-protocol', 'the address is no RTSP address');
  }
  // RFC 7826 §4.2 has 322 for TLS.
  const port = parsed.port === '' ? (tls ? 322 : 554) : Number(parsed.port);
  return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port, tls };
}
