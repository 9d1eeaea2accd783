import { type CameraEntry, type CameraId, type StreamName, waysOf } from '../../../core/cameras/camera.ts';
import type { Clock } from '../../ports/clock.ts';
import { foreignUpstream, type Upstream } from './upstream.ts';

/** Cameras and servers lock accounts: a refused password is not tried again for this long, whichever window asks. */
const refusedForMs = 300_000;

export interface StreamOfCamera {
  readonly camera: CameraId;
  readonly stream: StreamName;
}

/** The foreign streams whose server refused us, each with what it refused. */
export interface Refusals {
  /** How much longer `upstream` is to be left alone, in milliseconds; 0 where it may be asked. */
  leftMs(asked: StreamOfCamera, upstream: Upstream): number;
  refused(asked: StreamOfCamera, upstream: Upstream): void;
  accepted(asked: StreamOfCamera, upstream: Upstream): void;
  /** Forgets the refusals of streams that have another address or password now, and tells which those are. */
  takeReaddressed(entry: (camera: CameraId) => CameraEntry | undefined): StreamOfCamera[];
}

export function createRefusals(clock: Clock): Refusals {
  const refusals = new Map<string, StreamOfCamera & { readonly untilMs: number; readonly what: string }>();
  const whatOf = ({ url, authorization }: Upstream): string => `${url.href} ${authorization ?? ''}`;
  const keyOf = ({ camera, stream }: StreamOfCamera, what: string): string => `${camera}/${stream} ${what}`;
  return {
    leftMs(asked, upstream) {
      const refusal = refusals.get(keyOf(asked, whatOf(upstream)));
      return refusal === undefined ? 0 : Math.max(0, refusal.untilMs - clock.monotonicMs());
    },
    refused({ camera, stream }, upstream) {
      const untilMs = clock.monotonicMs() + refusedForMs;
      const what = whatOf(upstream);
      refusals.set(keyOf({ camera, stream }, what), { camera, stream, untilMs, what });
    },
    accepted(asked, upstream) {
      refusals.delete(keyOf(asked, whatOf(upstream)));
    },
    takeReaddressed(entry) {
      const others = [...refusals.values()].filter(({ camera, stream, what }) => {
        const found = entry(camera);
        const ways = found === undefined ? [] : waysOf(found, stream);
        return ways.length > 0 && ways.every((way) => whatOf(foreignUpstream(way)) !== what);
      });
      for (const other of others) refusals.delete(keyOf(other, other.what));
      return others.map(({ camera, stream }) => ({ camera, stream }));
    },
  };
}
