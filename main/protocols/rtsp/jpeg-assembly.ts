import type { ForeignAssembly, OnForeignPicture } from './foreign-assembly.ts';
import { maxUnitBytes } from './fragments.ts';
import { type JpegFacts, jpegHeader, parseTables, tablesOfQuality } from './jpeg-header.ts';
import { type JpegPacket, parseJpegPacket } from './jpeg-packet.ts';
import type { PictureSize } from './sdp.ts';

interface OpenJpeg {
  readonly rtpTimestamp: number;
  readonly header: Buffer;
  readonly layout: string;
  readonly pieces: Buffer[];
  bytes: number;
}

const endOfImage = Buffer.from([0xff, 0xd9]);

/**
 * JPEG pictures out of RTP (RFC 2435), each a whole JFIF file. `saidSize` is the description's, for pictures that are too large for
 * the packets to say theirs. Every picture stands alone, so a missing packet costs one picture.
 */
export function createJpegAssembly(saidSize: PictureSize | null, onPicture: OnForeignPicture): ForeignAssembly {
  // Tables of a Q from 128 to 254 never change while they have that Q (§4.2), so a sender need not repeat them.
  const tablesByQ = new Map<number, JpegFacts['tables']>();
  let open: OpenJpeg | null = null;
  let dropped = 0;
  let droppedTimestamp: number | null = null;

  function tablesOf({ q, tables }: JpegPacket): JpegFacts['tables'] | null {
    if (q < 128) return tablesOfQuality(q);
    if (tables === null || tables.data.length === 0) return q === 255 ? null : (tablesByQ.get(q) ?? null);
    const parsed = parseTables(tables.data, tables.precision);
    if (parsed !== null) tablesByQ.set(q, parsed);
    return parsed;
  }

  function begun(packet: JpegPacket, rtpTimestamp: number): OpenJpeg | null {
    const tables = tablesOf(packet);
    const width = packet.width || (saidSize?.width ?? 0);
    const height = packet.height || (saidSize?.height ?? 0);
    if (tables === null || width === 0 || height === 0) return null;
    const { sampling, restartInterval } = packet;
    const header = jpegHeader({ sampling, width, height, restartInterval, tables });
    return { rtpTimestamp, header, layout: `${width}x${height}`, pieces: [], bytes: 0 };
  }

  /** Takes the piece; false if it does not go on where the last one ended. */
  function take(packet: JpegPacket | null, rtpTimestamp: number): boolean {
    if (packet === null) return false;
    if (packet.offset === 0) open = begun(packet, rtpTimestamp);
    if (open === null || open.bytes !== packet.offset || open.bytes + packet.piece.length > maxUnitBytes) return false;
    open.pieces.push(packet.piece);
    open.bytes += packet.piece.length;
    return true;
  }

  function drop(rtpTimestamp: number): void {
    open = null;
    if (droppedTimestamp !== rtpTimestamp) dropped += 1;
    droppedTimestamp = rtpTimestamp;
  }

  function finish({ header, layout, pieces, bytes, rtpTimestamp }: OpenJpeg): void {
    open = null;
    const scan = Buffer.concat(pieces, bytes);
    // The end's marker is the sender's choice (§3.1.9).
    const ending = scan.subarray(-2).equals(endOfImage) ? [] : [endOfImage];
    onPicture({ bytes: Buffer.concat([header, scan, ...ending]), key: true, layout, rtpTimestamp });
  }

  return {
    push({ payload, rtpTimestamp, last, gap }) {
      if (open !== null && (gap || open.rtpTimestamp !== rtpTimestamp)) drop(open.rtpTimestamp);
      const taken = take(parseJpegPacket(payload), rtpTimestamp);
      if (!taken && (open !== null || last)) drop(rtpTimestamp);
      if (open !== null && last && open.bytes > 0) finish(open);
    },
    dropped: () => dropped,
  };
}
