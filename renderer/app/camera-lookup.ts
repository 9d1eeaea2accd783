import type { Camera } from '../../core/cameras/camera.ts';
import type { DeedbanClient } from './client.ts';

/** Finds cameras of the whole directory; what the shell needs of the cameras feature. */
export interface CameraLookup {
  /** Null where there is no such camera; rejects where that is not known now. */
  byNumber(number: number): Promise<Camera | null>;
  /** The best first, at most `most`. */
  search(text: string, most: number): Promise<readonly Camera[]>;
}

/** A directory that is still on its way is not waited for longer than a person looks at a number. */
const patienceMs = 2_000;

/** Asks the directory, but knows the cameras on the wall by itself: they are found at once, and without it. */
export function createCameraLookup(client: Pick<DeedbanClient, 'watch'>, directory: CameraLookup): CameraLookup {
  let onWall: readonly Camera[] = [];
  client.watch('wall.cameras', (cameras) => {
    onWall = cameras;
  });
  return {
    async byNumber(number) {
      return onWall.find((camera) => camera.number === number) ?? soon(directory.byNumber(number));
    },
    search: (text, most) => soon(directory.search(text, most)).catch(() => searchIn(onWall, text).slice(0, most)),
  };
}

function searchIn(cameras: readonly Camera[], text: string): readonly Camera[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  return cameras.filter(
    ({ number, name, site }) => String(number).startsWith(wanted) || `${name} ${site}`.toLocaleLowerCase().includes(wanted),
  );
}

/** The answer, or a rejection when it takes too long. */
function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer yet')), patienceMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
