import type { Recording } from '../../gateway/support/recording.ts';
import { interleaved, packetiseH264, rtpPacket, senderReport } from '../rtsp/rtp-bytes.ts';
import { nowUs, stampNal } from './sent-stamp.ts';

/**
 * How a camera behaves. `silent`: connected and sends nothing. `frozen`: its encoder repeats one key picture, bit for bit.
 * `looping`: it repeats one group of pictures, as a gateway's filler does.
 */
export type FootageManner = 'plays' | 'silent' | 'frozen' | 'looping';

/** One camera towards one client. */
export interface FootagePlayer {
  stop(): void;
}

const ticksPerSecond = 90_000;
const secondsFrom1900To1970 = 2_208_988_800;
const longestPayload = 1_200;
/** So many rounds differ: more than a loop is remembered by. */
const rounds = 5;
const goldenRatio = (1 + Math.sqrt(5)) / 2;
const zeroWord = Buffer.from([0, 0, 3]);

const cut = new WeakMap<Recording, readonly (readonly Buffer[])[]>();

/** Cut once: a camera does not take a tenth of a second of everybody's processor before its first picture. */
function payloadsOf(recording: Recording): readonly (readonly Buffer[])[] {
  const known = cut.get(recording);
  const payloads = known ?? recording.units.map(({ nals }) => nals.flatMap((nal) => packetiseH264(nal, longestPayload)));
  cut.set(recording, payloads);
  return payloads;
}

/**
 * Plays a recording at its pace, round and round, from its first key picture on: interleaved RTP with a stamp of its sending in each
 * picture, and a sender report each second. `send` gets whole bytes; what is asked of `manner` holds from the next picture on.
 */
export function playFootage(ports: {
  readonly camera: number;
  readonly recording: Recording;
  manner(): FootageManner;
  send(bytes: Buffer): void;
  /** How many rounds this camera has begun before, towards whomever: who comes back is not shown the same again. */
  nextRound(): number;
  /** A picture that moves was sent. */
  onSent(frame: number, sentUs: number): void;
}): FootagePlayer {
  const { recording, camera } = ports;
  const { units, fps } = recording;
  const payloads = payloadsOf(recording);
  const group = Math.max(
    1,
    units.findIndex(({ key }, index) => index > 0 && key),
  );
  const periodMs = 1_000 / fps;
  const ssrc = 1_000 + camera;
  let sequenceNumber = camera * 7;
  let shown = 0;
  let round = 0;
  /** The first picture of the group that is repeated; null while none is. */
  let loopedFrom: number | null = null;
  /** Cameras do not take their pictures in the same instant, however they were opened: each has its place in the period (golden ratio: evenly spread). */
  const phaseMs = ((camera * goldenRatio) % 1) * periodMs;
  let dueMs = performance.now() + phaseMs;
  let timer = setTimeout(show, phaseMs);

  function show(): void {
    const nowMs = performance.now();
    const manner = ports.manner();
    // A session whose manner changes keeps its clock: frozen and looping pictures come with new times, as from a real encoder.
    // A filler begins with its key picture, for nothing else can be shown.
    loopedFrom = manner === 'looping' ? (loopedFrom ?? shown) : null;
    if (shown % units.length === 0) round = ports.nextRound() % rounds;
    const looped = loopedFrom === null ? shown % units.length : (shown - loopedFrom) % group;
    const frame = manner === 'frozen' ? 0 : looped;
    if (manner !== 'silent') ports.send(picture(frame, manner === 'plays'));
    shown += 1;
    dueMs = Math.max(dueMs + periodMs, nowMs);
    timer = setTimeout(show, dueMs - nowMs);
  }

  function picture(frame: number, moves: boolean): Buffer {
    const timestamp = Math.round((shown * ticksPerSecond) / fps) >>> 0;
    const sentUs = nowUs();
    const parts: Buffer[] = [];
    if (shown % fps === 0) parts.push(interleaved(1, report(sentUs, timestamp)));
    const own = payloads[frame] ?? [];
    const all = moves ? [stampNal({ camera, frame, sentUs }), ...own.slice(0, -1), unlikeLastRound(own.at(-1))] : own;
    for (const [index, payload] of all.entries()) {
      const marker = index === all.length - 1;
      parts.push(interleaved(0, rtpPacket({ sequenceNumber, timestamp, payload, marker, ssrc })));
      sequenceNumber = (sequenceNumber + 1) & 0xff_ff;
    }
    if (moves) ports.onSent(frame, sentUs);
    return Buffer.concat(parts);
  }

  /** A camera that plays is no loop, although its recording is one: each round has other zero words behind its slices (ITU-T H.264 §7.4.2.10). */
  function unlikeLastRound(payload: Buffer = Buffer.alloc(0)): Buffer {
    return Buffer.concat([payload, ...Array.from({ length: round }, () => zeroWord)]);
  }

  function report(sentUs: number, rtpTimestamp: number): Buffer {
    const seconds = sentUs / 1_000_000;
    const ntpSeconds = Math.floor(seconds) + secondsFrom1900To1970;
    const ntpFraction = Math.floor((seconds - Math.floor(seconds)) * 2 ** 32);
    return senderReport({ ssrc, ntpSeconds, ntpFraction, rtpTimestamp });
  }

  return { stop: () => clearTimeout(timer) };
}
