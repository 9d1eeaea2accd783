import { markCount } from '../../core/streams/session-wish.ts';

/** What of a `<video>` is asked for its pictures. */
export type PicturedVideo = Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>;

/** By which wish a picture of our gateway came: the last bits of its RTP timestamp. Null where the browser does not tell that. */
export function markOf(rtpTimestamp: number | undefined | null): number | null {
  return rtpTimestamp === undefined || rtpTimestamp === null ? null : rtpTimestamp % markCount;
}

/**
 * Calls back in the frame callback of each picture until it is stopped: what is done then is painted with that picture. Begin it before the
 * other side is asked for another picture: its answer and that picture race each other.
 */
export function watchGlass(video: PicturedVideo, onPicture: (mark: number | null) => void): { stop(): void } {
  let stopped = false;
  const told = (_nowMs: number, { rtpTimestamp }: VideoFrameCallbackMetadata): void => {
    if (stopped) return;
    handle = video.requestVideoFrameCallback(told);
    onPicture(markOf(rtpTimestamp));
  };
  let handle = video.requestVideoFrameCallback(told);
  return {
    stop() {
      stopped = true;
      video.cancelVideoFrameCallback(handle);
    },
  };
}
