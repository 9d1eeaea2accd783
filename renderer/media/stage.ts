/** What a `<video>` plays: one track at a time, and the last picture between two of them. */
export interface Stage {
  /** The last picture stays on the glass until the new track has one. */
  put(track: MediaStreamTrack): void;
  /** Where nothing was played yet: has the player made, which takes milliseconds, before there is a picture. `put` goes on with it, or `leave` undoes it. */
  begin(track: MediaStreamTrack): void;
  leave(track: MediaStreamTrack): void;
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
  let first: MediaStreamTrack | null = null;

  function put(track: MediaStreamTrack): void {
    // What was begun is not taken out and put in again: its player would begin anew.
    if (track !== first) {
      for (const old of stream.getTracks()) stream.removeTrack(old);
      stream.addTrack(track);
    }
    first = null;
    // Not before there is a track: a player that begins without one sends its pictures to the screen one by one, not
    // together with those of the other videos, which costs some hundredths of a core at sixteen.
    if (video.srcObject !== stream) video.srcObject = stream;
    play();
  }

  return {
    put,
    begin(track) {
      if (video.srcObject === stream) return;
      put(track);
      first = track;
    },
    leave(track) {
      if (track !== first) return;
      first = null;
      stream.removeTrack(track);
      if (video.srcObject === stream) video.srcObject = null;
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
