import { describe, expect, it } from 'vitest';
import { watchPictures } from '../../renderer/media/picture-watch.ts';

/** A video whose pictures a test lets come; the clock is the test's own, beginning when the watch does. */
function watched() {
  const startMs = performance.now();
  const quality = { creationTime: 0, corruptedVideoFrames: 0, totalVideoFrames: 0, droppedVideoFrames: 0 };
  const asked = new Map<number, VideoFrameRequestCallback>();
  let handles = 0;
  let told = 0;
  let deliveredMs: number | null = null;
  const watch = watchPictures(
    {
      requestVideoFrameCallback(callback) {
        handles += 1;
        asked.set(handles, callback);
        return handles;
      },
      cancelVideoFrameCallback: (handle) => void asked.delete(handle),
      getVideoPlaybackQuality: () => quality,
    },
    () => {
      told += 1;
    },
    () => 0,
    () => deliveredMs,
  );
  /** The browser shows what it decoded last and tells those who asked. */
  const show = (atMs: number, captureTime?: number) => {
    const waiting = [...asked.values()];
    asked.clear();
    const times = {
      presentationTime: startMs + atMs,
      expectedDisplayTime: startMs + atMs,
      mediaTime: 100 + atMs / 1_000,
      presentedFrames: 0,
    };
    const metadata = { ...times, width: 640, height: 360, ...(captureTime === undefined ? {} : { captureTime }) };
    for (const callback of waiting) callback(startMs + atMs, metadata);
  };
  return {
    watch,
    quality,
    asked,
    show,
    told: () => told,
    look: (atMs: number, live: boolean) => watch.look(startMs + atMs, live),
    lastMs: () => (watch.lastFrameMs === null ? null : Math.round(watch.lastFrameMs - startMs)),
    capturedMs: () => (watch.capturedMs === null ? null : Math.round(watch.capturedMs)),
    startMs,
    /** The browser shows a picture and nobody has asked to be told. */
    showUnasked(atMs: number, decodedMs = atMs) {
      quality.totalVideoFrames += 1;
      deliveredMs = startMs + decodedMs;
    },
    decode(count: number) {
      quality.totalVideoFrames += count;
    },
  };
}

describe('the watch over a video', () => {
  it('takes a picture that is shown again after it was forgotten for none', () => {
    const { watch, decode, show, told, asked, lastMs } = watched();
    decode(3);
    show(40);
    watch.forget();
    watch.look(performance.now() + 5_000, false);
    show(5_000);
    expect({ told: told(), last: lastMs(), asked: asked.size }).toEqual({ told: 1, last: 40, asked: 1 });
    decode(1);
    show(5_100);
    expect({ told: told(), last: lastMs() }).toEqual({ told: 2, last: 5_100 });
  });

  it('is told of the first picture at once, with its size', () => {
    const { watch, decode, show, told, lastMs } = watched();
    expect(watch.lastFrameMs).toBeNull();
    decode(1);
    show(40);
    expect({ told: told(), last: lastMs(), frames: watch.frames, width: watch.width }).toEqual({
      told: 1,
      last: 40,
      frames: 1,
      width: 640,
    });
  });

  it('counts the pictures of a live stream, and asks the browser once a second', () => {
    const { watch, asked, decode, show, look, lastMs } = watched();
    decode(1);
    show(40);
    let asks = 0;
    for (let atMs = 125; atMs <= 5_000; atMs += 125) {
      decode(2);
      look(atMs, true);
      asks += asked.size;
      show(atMs);
    }
    expect(watch.frames).toBe(81);
    expect(lastMs()).toBe(5_000);
    expect(asks).toBeGreaterThanOrEqual(5);
    expect(asks).toBeLessThanOrEqual(6);
  });

  it('learns as fast from pictures it counts as from pictures it is told of', () => {
    const counting = watched();
    const hearing = watched();
    for (let atMs = 100; atMs <= 6_000; atMs += 100) {
      counting.decode(2);
      counting.look(atMs, true);
      counting.show(atMs);
      for (const half of [50, 0]) {
        hearing.decode(1);
        hearing.look(atMs - half, false);
        hearing.show(atMs - half);
      }
    }
    expect(hearing.watch.patienceMs()).toBe(500);
    expect(counting.watch.patienceMs()).toBe(500);
  });

  it('sees that pictures stopped', () => {
    const { decode, show, showUnasked, look, lastMs } = watched();
    decode(1);
    show(40);
    showUnasked(110);
    look(125, true);
    for (let atMs = 250; atMs <= 3_000; atMs += 125) look(atMs, true);
    expect(lastMs()).toBe(110);
  });

  it('knows afterwards when the last picture was shown that it only counted', () => {
    const { decode, show, showUnasked, look, lastMs } = watched();
    decode(1);
    show(1_010);
    look(1_125, true);
    show(1_130);
    showUnasked(1_180);
    look(1_250, true);
    expect(lastMs()).toBe(1_250);
    look(1_375, true);
    expect(lastMs()).toBe(1_180);
  });

  it('believes no time of a picture that cannot be the one it counted', () => {
    const { decode, show, showUnasked, look, lastMs } = watched();
    decode(1);
    show(1_010);
    look(1_125, true);
    show(1_130);
    showUnasked(1_180, 900);
    look(1_250, true);
    look(1_375, true);
    expect(lastMs()).toBe(1_250);
  });

  it('takes a picture that was decoded before a look and shown after it for one of that look', () => {
    const { decode, show, showUnasked, look, lastMs } = watched();
    decode(1);
    show(1_010);
    look(1_125, true);
    show(1_130);
    showUnasked(1_140, 1_100);
    look(1_250, true);
    look(1_375, true);
    expect(lastMs()).toBe(1_125);
  });

  it('does not make a picture old by its own time when the window was late to look', () => {
    const { decode, show, showUnasked, look, lastMs } = watched();
    decode(1);
    show(1_010);
    look(1_125, true);
    show(1_130);
    showUnasked(1_180);
    look(1_600, true);
    look(1_725, true);
    expect(lastMs()).toBe(1_450);
  });

  it('does not take for shown what is only decoded', () => {
    const { decode, show, look, lastMs } = watched();
    for (let atMs = 0; atMs < 2_000; atMs += 125) {
      decode(2);
      look(atMs, true);
      show(atMs);
    }
    for (let atMs = 2_000; atMs < 12_000; atMs += 125) {
      decode(2);
      look(atMs, true);
    }
    expect(12_000 - (lastMs() ?? 0)).toBeGreaterThan(8_000);
  });

  it('asks for the very next picture while none is known to come', () => {
    const { asked, decode, show, look, told } = watched();
    decode(1);
    show(40);
    look(125, false);
    expect(asked.size).toBe(1);
    look(250, false);
    expect(asked.size).toBe(1);
    decode(1);
    show(300);
    expect(told()).toBe(2);
  });

  it('says when the last picture was taken, by the delay it was told of last; and nothing where nobody tells', () => {
    const { decode, show, look, capturedMs, startMs } = watched();
    decode(1);
    show(40);
    expect(capturedMs()).toBeNull();
    look(1_000, false);
    decode(1);
    show(1_040, startMs + 940);
    decode(1);
    look(1_125, true);
    expect(capturedMs()).toBe(Math.round(startMs + 1_025));
  });

  it('goes on counting over a new player, and takes no dropped picture for one', () => {
    const { watch, quality, decode, show, look } = watched();
    decode(10);
    show(40);
    quality.totalVideoFrames = 3;
    look(125, true);
    expect(watch.frames).toBe(13);
    decode(1);
    quality.droppedVideoFrames = 1;
    look(250, true);
    quality.droppedVideoFrames = 2;
    look(375, true);
    expect(watch.frames).toBe(13);
  });

  it('leaves nothing asked when it stops', () => {
    const { watch, asked } = watched();
    expect(asked.size).toBe(1);
    watch.stop();
    expect(asked.size).toBe(0);
  });
});
