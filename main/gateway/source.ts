import type { StreamAddress } from '../../core/cameras/camera.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';

export type VideoCodec = 'h264' | 'h265';

/** One coded picture as it came: NAL units without start codes or lengths, parameter sets included where the source sent them. */
export interface AccessUnit {
  readonly codec: VideoCodec;
  readonly nals: readonly Buffer[];
  /** Decoding can start here (IDR, or H.265 IRAP). */
  readonly key: boolean;
  /** 90 kHz, modulo 2^32, from the source. */
  readonly rtpTimestamp: number;
  /** When the picture was taken (UTC, ms), from the source's sender reports; null where the source never said. */
  readonly captureUtcMs: number | null;
}

export interface SourceProblem {
  readonly code: ProblemCode;
  /** For the log, in words; carries no address and no credential. */
  readonly detail: string;
}

export interface OpenedSource {
  readonly codec: VideoCodec;
  readonly parameterSets: readonly Buffer[];
  /** What the camera sends, where pictures are encoded anew on the way. */
  readonly encodedFrom?: ForeignCodec;
}

/** What a source tells. After `onEnd` (called once, never after `close`) it says nothing more. */
export interface SourceEvents {
  /** The source is open and this is its codec. Comes before the first unit. */
  onOpen(facts: OpenedSource): void;
  onUnit(unit: AccessUnit): void;
  onEnd(problem: SourceProblem): void;
}

/** One try at one connection: a source is never restarted, another one is opened. */
export interface Source {
  /** Ends it and everything it started (sockets, children). Idempotent. */
  close(): void;
}

/** A means of getting pictures; makers exist for RTSP, for a file and for a simulated camera. */
export type OpenSource = (address: StreamAddress, events: SourceEvents) => Source;

/** What some cameras send and no browser decodes: JPEG (RFC 2435) and MPEG-4 Visual (RFC 6416). */
export type ForeignCodec = 'jpeg' | 'mpeg4';

/** One whole coded picture: a JFIF file, or a VOP with what stands before it. */
export interface ForeignPicture {
  readonly bytes: Buffer;
  /** Decoding can start here. */
  readonly key: boolean;
  /** The same for all pictures that one encoder can go on with: it stands for their size. */
  readonly layout: string;
  /** As in `AccessUnit`. */
  readonly rtpTimestamp: number;
  readonly captureUtcMs: number | null;
}

/** Makes units of such pictures: its events say what became of them, with the times that went in. */
export interface Transcoder extends Source {
  /** Never waits and never queues without end: pictures that are too many for the encoder are left out. */
  push(picture: ForeignPicture): void;
  /** How many pictures were left out. */
  dropped(): number;
}

/** `events` are called after this has returned. Without an encoder it ends with `encoder-missing`, at another layout with `camera-protocol`. */
export type OpenTranscoder = (codec: ForeignCodec, events: SourceEvents) => Transcoder;
