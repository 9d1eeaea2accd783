import type { ForeignCodec } from '../source.ts';

/**
 * The least of Matroska (RFC 9559) that carries one live video to ffmpeg through a pipe. Why it and not the bare pictures one after
 * another: a bare picture ends for ffmpeg only where the next one begins, which costs a frame of delay, and it has no time. Here each
 * picture has its length and its time, in milliseconds.
 */
export function matroskaHead(codec: ForeignCodec): Buffer {
  const track = element(
    ids.trackEntry,
    element(ids.trackNumber, number(1)),
    element(ids.trackUid, number(1)),
    element(ids.trackType, number(1)),
    element(ids.flagLacing, number(0)),
    element(ids.codecId, Buffer.from(codec === 'jpeg' ? 'V_MJPEG' : 'V_MPEG4/ISO/ASP')),
    // ffmpeg takes the size from the first picture.
    element(ids.video),
  );
  return Buffer.concat([
    element(
      ids.ebml,
      element(ids.docType, Buffer.from('matroska')),
      element(ids.docTypeVersion, number(4)),
      element(ids.docTypeReadVersion, number(2)),
    ),
    ids.segment,
    unknownLength,
    element(ids.info, element(ids.timestampScale, number(1_000_000)), element(ids.muxingApp, app), element(ids.writingApp, app)),
    element(ids.tracks, track),
  ]);
}

/** One picture in a cluster of its own; `timestampMs` never falls. */
export function matroskaPicture(picture: {
  readonly bytes: Buffer;
  readonly key: boolean;
  readonly timestampMs: number;
}): Buffer {
  // Track 1, no distance to the cluster's time, and whether it is a key picture (RFC 9559 §10.2).
  const block = Buffer.from([0x81, 0, 0, picture.key ? 0x80 : 0]);
  return element(
    ids.cluster,
    element(ids.timestamp, number(picture.timestampMs)),
    element(ids.simpleBlock, block, picture.bytes),
  );
}

const ids = {
  ebml: Buffer.from('1a45dfa3', 'hex'),
  docType: Buffer.from('4282', 'hex'),
  docTypeVersion: Buffer.from('4287', 'hex'),
  docTypeReadVersion: Buffer.from('4285', 'hex'),
  segment: Buffer.from('18538067', 'hex'),
  info: Buffer.from('1549a966', 'hex'),
  timestampScale: Buffer.from('2ad7b1', 'hex'),
  muxingApp: Buffer.from('4d80', 'hex'),
  writingApp: Buffer.from('5741', 'hex'),
  tracks: Buffer.from('1654ae6b', 'hex'),
  trackEntry: Buffer.from('ae', 'hex'),
  trackNumber: Buffer.from('d7', 'hex'),
  trackUid: Buffer.from('73c5', 'hex'),
  trackType: Buffer.from('83', 'hex'),
  flagLacing: Buffer.from('9c', 'hex'),
  codecId: Buffer.from('86', 'hex'),
  video: Buffer.from('e0', 'hex'),
  cluster: Buffer.from('1f43b675', 'hex'),
  timestamp: Buffer.from('e7', 'hex'),
  simpleBlock: Buffer.from('a3', 'hex'),
};
const app = Buffer.from('Deedban');
/** All bits of a length set: it ends with the pipe (RFC 8794 §6.2). */
const unknownLength = Buffer.from('01ffffffffffffff', 'hex');

function element(id: Buffer, ...content: readonly Buffer[]): Buffer {
  const length = number(content.reduce((sum, part) => sum + part.length, 0));
  length[0] = 0x01;
  return Buffer.concat([id, length, ...content]);
}

/** Eight bytes, big-endian. */
function number(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
