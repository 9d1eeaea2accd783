import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStage } from '../../renderer/media/stage.ts';

/** Tracks in a list, as a browser's stream holds them. */
class PretendStream {
  readonly #tracks = new Set<unknown>();
  addTrack = (track: unknown) => this.#tracks.add(track);
  removeTrack = (track: unknown) => this.#tracks.delete(track);
  getTracks = () => [...this.#tracks];
}
beforeEach(() => void vi.stubGlobal('MediaStream', PretendStream));
afterEach(() => void vi.unstubAllGlobals());

function start() {
  const waiting: (() => void)[] = [];
  const video = {
    srcObject: null as unknown,
    hidden: false,
    play: async () => {},
    pause() {},
    closest: () => (video.hidden ? {} : null),
  };
  const stage = () => createStage(video as unknown as HTMLVideoElement, (work) => waiting.push(work));
  return { video, stage, finish: () => waiting.splice(0).forEach((work) => work()), count: () => waiting.length };
}
const track = {} as MediaStreamTrack;

describe('what a video plays', () => {
  it('goes at once where it is seen', () => {
    const { video, stage, count } = start();
    const only = stage();
    only.put(track);
    only.close();
    expect([video.srcObject, count()]).toEqual([null, 0]);
  });

  it('goes after the change is on the glass where a new division has hidden it', () => {
    const { video, stage, finish } = start();
    const only = stage();
    only.put(track);
    video.hidden = true;
    only.close();
    expect(video.srcObject).not.toBeNull();
    finish();
    expect(video.srcObject).toBeNull();
  });

  it('is gone before the next begins, and never takes that along', () => {
    const { video, stage, finish } = start();
    const before = stage();
    before.put(track);
    video.hidden = true;
    before.close();
    const next = stage();
    expect(video.srcObject).toBeNull();
    next.put(track);
    const shown = video.srcObject;
    finish();
    expect(video.srcObject).toBe(shown);
  });

  it('is begun before there is a picture where nothing was played, goes on as it is, and is undone where it comes to nothing', () => {
    const { video, stage } = start();
    const only = stage();
    const tracks = () => (video.srcObject === null ? null : (video.srcObject as PretendStream).getTracks());
    only.begin(track);
    expect(tracks()).toEqual([track]);
    only.leave(track);
    expect(tracks()).toBeNull();
    only.begin(track);
    const begun = video.srcObject;
    only.put(track);
    expect([video.srcObject === begun, tracks()]).toEqual([true, [track]]);
    // From now on it is what is played.
    only.leave(track);
    only.begin({} as MediaStreamTrack);
    expect(tracks()).toEqual([track]);
  });
});
