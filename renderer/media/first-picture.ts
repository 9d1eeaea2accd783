/** What of a `<video>` is asked for its pictures. */
export type PicturedVideo = Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>;

/** Whether a picture's RTP timestamp is `from` or later: they count modulo 2^32 (RFC 3550 §5.1). */
export function isFrom(rtpTimestamp: number, from: number): boolean {
  return ((rtpTimestamp - from) | 0) >= 0;
}

/** Follows which picture is on the glass, from its making to `stop`. */
export interface GlassWatch {
  /**
   * Resolves in the frame callback of the first picture from `fromRtpTimestamp` on: what is done then is painted with that picture. Null takes the first
   * one from now on, and so does a browser that does not tell timestamps. Rejects with the signal's reason.
   */
  shown(fromRtpTimestamp: number | null, signal: AbortSignal): Promise<void>;
  /** Calls back, once, in the frame callback of the first picture whose RTP timestamp has another last bit than `bit`. */
  onOther(bit: number, listener: () => void): void;
  stop(): void;
}

/** Begin it before the other side is asked for another picture: its answer and that picture race each other. */
export function watchGlass(video: PicturedVideo): GlassWatch {
  let newest: number | null = null;
  let other: { readonly bit: number; listener(): void } | null = null;
  let listener: ((rtpTimestamp: number | null) => void) | null = null;
  const told = (_nowMs: number, { rtpTimestamp }: VideoFrameCallbackMetadata): void => {
    handle = video.requestVideoFrameCallback(told);
    newest = rtpTimestamp ?? null;
    if (other !== null && newest !== null && (newest & 1) !== other.bit) {
      const { listener: heard } = other;
      other = null;
      heard();
    }
    listener?.(newest);
  };
  let handle = video.requestVideoFrameCallback(told);
  return {
    shown(from, signal) {
      const isIt = (rtpTimestamp: number | null) => from === null || rtpTimestamp === null || isFrom(rtpTimestamp, from);
      if (from !== null && newest !== null && isIt(newest)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const end = () => {
          listener = null;
          signal.removeEventListener('abort', giveUp);
        };
        const giveUp = () => {
          end();
          reject(signal.reason instanceof Error ? signal.reason : new Error('given up'));
        };
        if (signal.aborted) return giveUp();
        signal.addEventListener('abort', giveUp);
        listener = (rtpTimestamp) => {
          if (!isIt(rtpTimestamp)) return;
          end();
          resolve();
        };
      });
    },
    onOther(bit, heard) {
      other = { bit, listener: heard };
    },
    stop() {
      listener = null;
      other = null;
      video.cancelVideoFrameCallback(handle);
    },
  };
}
