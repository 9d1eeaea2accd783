import type { Clock } from '../../ports/clock.ts';
import { type ConnectionEvents, connectRtsp, type RtspConnection, type RtspTarget } from './rtsp-connection.ts';

/**
 * How long to listen, after a camera's first challenge, whether it closes the connection along with it. Answering at once would
 * spend a try of the password on a connection nobody reads, and its end would look like a refusal.
 */
export const challengePauseMs = 30;

/** The connection to a camera, made anew at most once: where the camera ends it with its first challenge. */
export interface CameraLink extends RtspConnection {
  /**
   * To be awaited between the first challenge and the answer to it; `announced`: the camera said `Connection: close`. Rejects with
   * `RtspFailure` where a new connection was needed and could not be had.
   */
  settleAfterChallenge(announced: boolean): Promise<void>;
}

export function openCameraLink(clock: Clock, target: RtspTarget, events: ConnectionEvents): CameraLink {
  let settled = false;
  let closed = false;
  let endPause: ((lost: boolean) => void) | null = null;
  let current = connect();

  function connect(): RtspConnection {
    return connectRtsp(clock, target, {
      onFrame: events.onFrame,
      onEnd(failure) {
        if (endPause !== null && failure.closedByPeer) return endPause(true);
        events.onEnd(failure);
      },
    });
  }

  function lostInPause(): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (lost: boolean) => {
        endPause = null;
        stopTimer();
        resolve(lost);
      };
      const stopTimer = clock.after(challengePauseMs, () => end(false));
      endPause = end;
    });
  }

  return {
    opened: current.opened,
    vouchedFor: () => current.vouchedFor(),
    request: (method, uri, headers) => current.request(method, uri, headers),
    sendFrame: (channel, payload) => current.sendFrame(channel, payload),
    async settleAfterChallenge(announced) {
      if (settled) return;
      settled = true;
      const lost = announced || (await lostInPause());
      if (!lost || closed) return;
      current.close();
      current = connect();
      await current.opened;
    },
    close(lastWords) {
      closed = true;
      endPause?.(false);
      current.close(lastWords);
    },
  };
}
