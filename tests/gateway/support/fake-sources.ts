import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { OpenSource, SourceEvents, VideoCodec } from '../../../main/gateway/source.ts';
import type { SourceMakers } from '../../../main/gateway/source-makers.ts';

/** Sources under the test's hand. */
export interface FakeSources extends SourceMakers {
  /** How often a source was opened. */
  tries(): number;
  open(): number;
  /** The present try opens. */
  opens(codec?: VideoCodec): void;
  unit(key: boolean, rtpTimestamp: number, captureUtcMs?: number): void;
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
    opens(next = 'h264') {
      codec = next;
      present?.onOpen({ codec, parameterSets: [Buffer.from([0x67, 0x42, 0xe0, 0x1f, 0x80]), Buffer.from([0x68, 0x80])] });
    },
    unit: (key, rtpTimestamp, captureUtcMs) =>
      present?.onUnit({
        codec,
        nals: [Buffer.from([key ? 0x65 : 0x41, 1, 2])],
        key,
        rtpTimestamp,
        captureUtcMs: captureUtcMs ?? null,
      }),
    ends: (code) => present?.onEnd({ code, detail: 'as told' }),
  };
}
