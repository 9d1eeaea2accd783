import { markCount } from '../../core/streams/session-wish.ts';
import type { CommonBeat } from '../../core/streams/common-beat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pacer } from './pacer.ts';
import type { PacketedUnit } from './pictures/gop-cache.ts';
import { compressedTicks, ticksPerMs } from './pictures/media-time.ts';
import { answerReceiverTime, readReceiverTime } from './rtp/receiver-time.ts';
import { type PlayoutDelay, tellPlayoutDelay } from './rtp/playout-delay.ts';
import { readFeedback } from './rtp/rtcp.ts';
import { createRtpSender, type PacketSink, type RtpIdentity } from './rtp/rtp-sender.ts';
import type { VideoCodec } from './source.ts';
import type { LineViewer, SourceLine } from './source-line.ts';

/** A viewer that cannot decode asks several times until it can; one answer in this time is enough. */
const keyAnswerMs = 500;
/**
 * Who needs a key picture asks again within this time: a browser's decoder without one every 200 ms, our window twice at once. One cry in three
 * seconds is a browser's that is given nothing to decode, on purpose or because nothing comes, and would be sent the whole group for nothing.
 */
const urgentMs = 300;
/** A cry without another one is answered so often. */
const lonelyAnswerMs = 20_000;

/** A source's clock that is further off is told as it is: RTP's time wraps after 13 hours, and half of it is the past. */
const mostSkewMs = 6 * 3_600_000;

/** One viewer's picture: which line it sees, and where that line's media time lies on the viewer's own. */
export interface Viewer {
  /** The peer is connected: shows the line from its cached key picture on. */
  start(): void;
  /**
   * Shows another line with the same codec (null: none), from its cached key picture on or from its next one; SSRC, sequence numbers and time go on. Every
   * picture carries `mark` (0 to 7) in the last bits of its RTP timestamp.
   */
  show(line: SourceLine | null, mark: number): void;
  /** From the next picture on they carry this mark. */
  mark(mark: number): void;
  /** Its peer is connected. */
  isOpen(): boolean;
  /** A compound RTCP packet of the peer. */
  feedback(packet: Buffer): void;
  /** A sender report of its own, due about each second. */
  report(): void;
  stop(): void;
}

export interface ViewerPorts {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly sink: PacketSink;
  readonly identity: RtpIdentity;
  /** How long pictures may wait at the viewer; null where it did not ask. */
  readonly playoutDelay: PlayoutDelay | null;
  /** Its pictures go with it; null where it did not ask. */
  readonly beat: CommonBeat | null;
  /** In [0, 1): where sequence numbers and timestamps begin (RFC 3550 §5.1 wants them unpredictable). */
  readonly random: () => number;
  onCodec(codec: VideoCodec): void;
}

export function createViewer(ports: ViewerPorts, firstLine: SourceLine | null): Viewer {
  const sender = createRtpSender(ports.sink, ports.identity, ports.pacer, Math.floor(ports.random() * 0x8000), ports.beat);
  let line = firstLine;
  let started = false;
  /** Has been sent a key picture and everything since. */
  let synced = false;
  /** The viewer's ticks are the line's plus this; null until the line's next picture decides it. */
  let offset: number | null = Math.floor(ports.random() * 2 ** 31);
  let last: { ticks: number; atMs: number } | null = null;
  let mark = 0;
  let keyAnsweredMs = -lonelyAnswerMs;
  let keyAskedMs = -lonelyAnswerMs;
  /** What is cached was no longer the present when it was wanted: it is sent together with the next picture. */
  let waits = false;

  const marked = (ticks: number): number => {
    const named = Math.floor(ticks / markCount) * markCount + mark;
    // Pictures that are to be shown before the last one (B-pictures) are left where they are.
    if (last === null || named > last.ticks || ticks < last.ticks - ticksPerMs) return named;
    const after = Math.floor(last.ticks / markCount) * markCount + mark;
    return after > last.ticks ? after : after + markCount;
  };
  const send = (unit: PacketedUnit, wishedTicks: number, when: 'beat' | 'now'): void => {
    const ticks = marked(wishedTicks);
    last = { ticks, atMs: unit.atMs };
    const { playoutDelay } = ports;
    const packets = unit.key && playoutDelay !== null ? tellPlayoutDelay(unit.packets, playoutDelay) : unit.packets;
    synced = sender.send(packets, ticks >>> 0, when);
  };
  /** Goes on where the viewer's time is, as much later as the pictures came apart. */
  const continued = (unit: PacketedUnit): number =>
    last === null ? 0 : last.ticks + Math.max(1, Math.round((unit.atMs - last.atMs) * ticksPerMs)) - unit.ticks;

  /** False where there is nothing to send: an old picture must not pass for the present one. */
  const sendCached = (): boolean => {
    const units = line?.pictures.cached(ports.clock.monotonicMs()) ?? [];
    const newest = units.at(-1);
    waits = newest === undefined;
    if (line === null || newest === undefined) return false;
    offset ??= continued(newest);
    const times = compressedTicks(units.length, newest.ticks + offset, last?.ticks ?? null, line.pictures.intervalTicks());
    for (const [index, unit] of units.entries()) {
      send(unit, times[index] ?? newest.ticks + offset, 'now');
      if (!synced) break;
    }
    return true;
  };
  const lineViewer: LineViewer = {
    onUnit(unit) {
      if (!started || (waits && sendCached()) || (!synced && !unit.key)) return;
      offset ??= continued(unit);
      send(unit, unit.ticks + offset, 'beat');
    },
    onBreak() {
      synced = false;
    },
    onCodec: ports.onCodec,
  };
  const view = (next: SourceLine | null): (() => void) => next?.view(lineViewer) ?? (() => {});
  let leave = view(line);

  return {
    start() {
      if (started) return;
      started = true;
      sendCached();
    },
    show(next, nextMark) {
      leave();
      sender.cut();
      line = next;
      mark = nextMark;
      synced = false;
      if (last !== null) offset = null;
      leave = view(line);
      if (started) sendCached();
    },
    mark(nextMark) {
      mark = nextMark;
    },
    isOpen: () => started,
    feedback(packet) {
      const { nacks, wantsKey } = readFeedback(packet, ports.identity.ssrc);
      if (nacks.length > 0) sender.resend(nacks);
      const receiverTime = readReceiverTime(packet);
      if (receiverTime !== null) ports.sink.send(answerReceiverTime(ports.identity.ssrc, receiverTime));
      if (!wantsKey || !started) return;
      const nowMs = ports.clock.monotonicMs();
      const urgent = nowMs - keyAskedMs <= urgentMs;
      keyAskedMs = nowMs;
      if (nowMs - keyAnsweredMs < (urgent ? keyAnswerMs : lonelyAnswerMs)) return;
      keyAnsweredMs = nowMs;
      sendCached();
    },
    report() {
      const capture = line?.pictures.captureTime() ?? null;
      if (capture === null || offset === null || !synced) return;
      const nowUtcMs = ports.clock.utcMs();
      // The report says which media time is now, although that picture is still to come: a browser takes the report's
      // arrival for its time, and would otherwise hide how late the source is.
      const aheadMs = Math.abs(nowUtcMs - capture.utcMs) <= mostSkewMs ? nowUtcMs - capture.utcMs : 0;
      sender.report(capture.utcMs + aheadMs, Math.round(capture.ticks + offset + aheadMs * ticksPerMs) >>> 0);
    },
    stop() {
      leave();
      sender.stop();
    },
  };
}
