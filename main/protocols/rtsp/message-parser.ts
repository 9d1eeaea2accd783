import type { RtspHead, RtspMessage } from './message.ts';
import { headerOf, parseHead } from './message.ts';
import { RtspFailure } from './rtsp-failure.ts';

export const maxHeadBytes = 64 * 1024;
export const maxBodyBytes = 256 * 1024;

export interface ParserEvents {
  onMessage(message: RtspMessage): void;
  /** An interleaved frame (RFC 2326 §10.12). `payload` is a view of the pushed bytes, of at most 65,535 bytes. */
  onFrame(channel: number, payload: Buffer): void;
}

export interface MessageParser {
  /** Takes the next bytes of the connection. Throws `RtspFailure` (`camera-protocol`); nothing may be pushed after that. */
  push(chunk: Buffer): void;
}

const dollar = 0x24;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Cuts a connection's bytes into messages and interleaved frames. It keeps at most one incomplete item. */
export function createMessageParser(events: ParserEvents): MessageParser {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  // How many bytes must be there before looking again is worth anything: spares joining a body that comes byte by byte.
  let neededBytes = 1;
  let head: RtspHead | null = null;

  /** Takes one item from the front; returns how many bytes it was, null if more are needed. */
  function take(data: Buffer): number | null {
    if (head) return takeBody(data, head);
    if (data.length === 0) return null;
    const first = data[0];
    if (first === dollar) return takeFrame(data);
    // Empty lines between messages are tolerated, as HTTP does.
    if (first === carriageReturn || first === lineFeed) return 1;
    return takeHead(data);
  }

  function takeFrame(data: Buffer): number | null {
    neededBytes = data.length < 4 ? 4 : 4 + data.readUInt16BE(2);
    if (data.length < neededBytes) return null;
    events.onFrame(data[1] ?? 0, data.subarray(4, neededBytes));
    return neededBytes;
  }

  function takeHead(data: Buffer): number | null {
    if (!isLetter(data[0] ?? 0)) throw new RtspFailure('camera-protocol', 'the camera sent something that is not RTSP');
    const end = endOfHead(data);
    if ((end?.length ?? data.length) > maxHeadBytes)
      throw new RtspFailure('camera-protocol', 'the camera sent headers without an end');
    if (!end) {
      neededBytes = data.length + 1;
      return null;
    }
    head = parseHead(data.toString('utf8', 0, end.length));
    return end.length + end.gap;
  }

  function takeBody(data: Buffer, whole: RtspHead): number | null {
    const length = bodyLength(whole);
    if (data.length < length) {
      neededBytes = length;
      return null;
    }
    head = null;
    // A copy: the few messages there are must not keep a chunk of video alive.
    events.onMessage({ ...whole, body: Buffer.from(data.subarray(0, length)) });
    return length;
  }

  return {
    push(chunk) {
      if (chunk.length === 0) return;
      kept.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes < neededBytes) return;
      let rest = kept.length === 1 ? chunk : Buffer.concat(kept, keptBytes);
      neededBytes = 1;
      for (let taken = take(rest); taken !== null; taken = take(rest)) {
        rest = rest.subarray(taken);
        neededBytes = 1;
      }
      kept = rest.length > 0 ? [rest] : [];
      keptBytes = rest.length;
    },
  };
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Where the headers end and how long the empty line behind them is; a bare line feed is taken for a line's end too. */
function endOfHead(data: Buffer): { length: number; gap: number } | null {
  const window = data.subarray(0, maxHeadBytes + 4);
  const strict = window.indexOf('\r\n\r\n');
  const loose = window.indexOf('\n\n');
  if (strict >= 0 && (loose < 0 || strict < loose)) return { length: strict, gap: 4 };
  return loose >= 0 ? { length: loose, gap: 2 } : null;
}

function bodyLength(head: RtspHead): number {
  const text = headerOf(head, 'content-length') ?? '0';
  const length = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(length)) throw new RtspFailure('camera-protocol', 'the camera sent a length that is no number');
  if (length > maxBodyBytes) throw new RtspFailure('camera-protocol', 'the camera sent a message that is too long');
  return length;
}
