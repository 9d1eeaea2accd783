import type { StreamName } from '../../../core/cameras/camera.ts';
import type { PictureTap, RunningTap } from '../../ports/picture-tap.ts';
import type { ClipShelf } from './clip-shelf.ts';
import type { SecuringDesk, SecuringTask } from './securing-desk.ts';

export interface TapToShelfPorts {
  readonly desk: Pick<SecuringDesk, 'secured'>;
  readonly shelf: Pick<ClipShelf, 'secure' | 'end'>;
  readonly tap: PictureTap;
}

/** Puts what the gateway keeps of one stream onto the shelf, until it ends. `opened` gets the way to end it. Rejects where it broke off; its clips say so then. */
export async function tapToShelf(
  { desk, shelf, tap }: TapToShelfPorts,
  { incident, camera, fromUtcMs }: SecuringTask,
  stream: StreamName,
  opened: (tap: RunningTap) => void,
): Promise<void> {
  const growing = new Set<string>();
  const open = tap.open({ camera, stream, fromUtcMs }, async (news, bytes) => {
    if (news.t === 'end') {
      await shelf.end(news.clip, 'ended');
      growing.delete(news.clip);
      return;
    }
    growing.add(news.clip);
    const clip = { id: news.clip, incident, camera, stream, bySeat: null, firstPictureUtcMs: news.firstUtcMs };
    const { index, pictures, endMs } = news;
    const outcome = await shelf.secure({ clip, index, pictures, endMs, bytes });
    if (outcome !== 'secured' && outcome !== 'there') throw new Error(`a piece was not kept: ${outcome}`);
    desk.secured(incident, camera);
  });
  opened(open);
  try {
    await open.done;
  } finally {
    for (const id of growing) await shelf.end(id, 'gateway-gone');
  }
}
