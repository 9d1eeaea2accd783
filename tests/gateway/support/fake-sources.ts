import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { ForeignCodec, OpenSource, SourceEvents, VideoCodec } from '../../../main/gateway/source.ts';
import type { SourceMakers } from '../../../main/gateway/source-makers.ts';

/** Sources under the test's hand. */
export interface FakeSources extends SourceMakers {
  /** How often a source was opened. */
  tries(): number;
  open(): number;
  /** The present try opens. */
  opens(codec?: VideoCodec, encodedFrom?: ForeignCodec): void;
  unit(key: boolean, rtpTimestamp: number, captureUtcMs?: number, before?: readonly Buffer[]): void;
  ends(code: ProblemCode): void;
}

export const address: StreamAddress = { scheme: 'rtsp', url: 'rtsp://camera/1', credentials: null };

export function createFakeSources(): FakeSources {
  let tries = 0;
  let open = 0;
  let present: SourceEvents | null = null;
  let codec: VideoCodec = 'h264';
  const camera: OpenSource = (_address, events) => {
    tries += 1;
    open += 1;
    present = events;
    let closed = false;
    return {
      close() {
        if (!closed) open -= 1;
        closed = true;
      },
    };
  };
  return {
    tries: () => tries,
    open: () => open,
    forAddress: () => camera,
    opens(next = 'h264', encodedFrom) {
      codec = next;
      const parameterSets = [Buffer.from([0x67, 0x42, 0xe0, 0x1f, 0x80]), Buffer.from([0x68, 0x80])];
      present?.onOpen({ codec, parameterSets, ...(encodedFrom && { encodedFrom }) });
    },
    unit: (key, rtpTimestamp, captureUtcMs, before = []) =>
      present?.onUnit({
        codec,
        nals: [...before, Buffer.from([key ? 0x65 : 0x41, 1, 2])],
        key,
        rtpTimestamp,
        captureUtcMs: captureUtcMs ?? null,
      }),
    ends: (code) => present?.onEnd({ code, detail: 'as told' }),
  };
}
