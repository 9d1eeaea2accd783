/** What a `<video>` plays: one track at a time, and the last picture between two of them. */
export interface Stage {
  /** The last picture stays on the glass until the new track has one. */
  put(track: MediaStreamTrack): void;
  /** Keeps the last picture although its track is about to end: a playing video would go black. */
  hold(): void;
  /** Forgets the last picture. */
  clear(): void;
  close(): void;
}

/** `later` does what may wait until a change is on the glass. */
export function createStage(video: HTMLVideoElement, later: (work: () => void) => void): Stage {
  // What another stage has yet to let go.
  if (video.srcObject !== null) video.srcObject = null;
  const stream = new MediaStream();
  const play = () => void video.play().catch(() => {});
  return {
    put(track) {
      for (const old of stream.getTracks()) stream.removeTrack(old);
      stream.addTrack(track);
      // Not before there is a track: a player that begins without one sends its pictures to the screen one by one, not
      // together with those of the other videos, which costs some hundredths of a core at sixteen.
      if (video.srcObject !== stream) video.srcObject = stream;
      play();
    },
    hold: () => video.pause(),
    clear() {
      if (video.srcObject !== stream) return;
      video.srcObject = null;
      video.srcObject = stream;
      play();
    },
    close() {
      if (video.srcObject !== stream) return;
      const letGo = () => {
        if (video.srcObject === stream) video.srcObject = null;
      };
      // To end a player takes milliseconds, and a new division ends dozens that nobody sees any more.
      if (video.closest('[hidden]')) later(letGo);
      else letGo();
    },
  };
}
