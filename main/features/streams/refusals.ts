import type { CameraEntry, CameraId, StreamName } from '../../../core/cameras/camera.ts';
import type { Clock } from '../../ports/clock.ts';
import { basicAuthorization, type Upstream } from './upstream.ts';

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
  accepted(asked: StreamOfCamera): void;
  /** Forgets the refusals of streams that have another address or password now, and tells which those are. */
  takeReaddressed(entry: (camera: CameraId) => CameraEntry | undefined): StreamOfCamera[];
}

export function createRefusals(clock: Clock): Refusals {
  const refusals = new Map<string, StreamOfCamera & { readonly untilMs: number; readonly what: string }>();
  const keyOf = ({ camera, stream }: StreamOfCamera): string => `${camera}/${stream}`;
  const whatOf = ({ url, authorization }: Upstream): string => `${url.href} ${authorization ?? ''}`;
  return {
    leftMs(asked, upstream) {
      const refusal = refusals.get(keyOf(asked));
      return refusal?.what === whatOf(upstream) ? Math.max(0, refusal.untilMs - clock.monotonicMs()) : 0;
    },
    refused({ camera, stream }, upstream) {
      const untilMs = clock.monotonicMs() + refusedForMs;
      refusals.set(keyOf({ camera, stream }), { camera, stream, untilMs, what: whatOf(upstream) });
    },
    accepted(asked) {
      refusals.delete(keyOf(asked));
    },
    takeReaddressed(entry) {
      const others = [...refusals.values()].filter(({ camera, stream, what }) => {
        const address = entry(camera)?.addresses[stream];
        if (address === undefined) return false;
        return what !== whatOf({ url: new URL(address.url), authorization: basicAuthorization(address.credentials) });
      });
      for (const other of others) refusals.delete(keyOf(other));
      return others.map(({ camera, stream }) => ({ camera, stream }));
    },
  };
}
