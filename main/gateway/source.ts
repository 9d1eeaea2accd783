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

/** What a source tells. After `onEnd` (called once, never after `close`) it says nothing more. */
export interface SourceEvents {
  /** The source is open and this is its codec. Comes before the first unit. */
  onOpen(facts: { codec: VideoCodec; parameterSets: readonly Buffer[] }): void;
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
