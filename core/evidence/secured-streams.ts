import { type CameraId, type StreamName, streamNames } from '../cameras/camera.ts';
import type { Clip } from './clip.ts';
import type { CustodyRecord } from './custody.ts';
import { missingStretches, type Stretch } from './missing-stretches.ts';

/** What is there of one of a camera's streams, and why there is no more. Times are UTC, ms. */
export interface SecuredStream {
  readonly stream: StreamName;
  /** When the first picture came that is there; null: none is. */
  readonly firstUtcMs: number | null;
  readonly missing: readonly Stretch[];
  /** When the gateway was first told to secure it beside what a window secured; null: it never was. */
  readonly besideFromUtcMs: number | null;
  /** Why nobody secured it beside; null: nothing stood against it. */
  readonly notSecured: Extract<CustodyRecord, { what: 'not-secured' }>['why'] | null;
}

/**
 * Every stream that the camera has, or that was secured of it.
 *
 * @param clips those of the camera
 * @param has what the directory says that it has
 */
export function securedStreams(
  camera: CameraId,
  has: readonly StreamName[],
  clips: readonly Clip[],
  log: readonly CustodyRecord[],
  wanted: Stretch,
): readonly SecuredStream[] {
  const isThere = (stream: StreamName) => has.includes(stream) || clips.some((clip) => clip.stream === stream);
  return streamNames.filter(isThere).map((stream) => {
    const own = clips.filter((clip) => clip.stream === stream);
    const firsts = own.flatMap(({ life, fragments, firstPictureUtcMs }) =>
      life.state === 'deleted' || fragments.length === 0 ? [] : [firstPictureUtcMs],
    );
    const beside = log.find((line) => line.what === 'secured-by' && line.camera === camera && line.stream === stream);
    const not = log.find((line) => line.what === 'not-secured' && line.camera === camera && line.stream === stream);
    return {
      stream,
      firstUtcMs: firsts.length === 0 ? null : Math.min(...firsts),
      missing: missingStretches(own, wanted),
      besideFromUtcMs: beside?.utcMs ?? null,
      notSecured: not?.what === 'not-secured' ? not.why : null,
    };
  });
}
