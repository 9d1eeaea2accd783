import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { Securing } from '../../../core/evidence/evidence.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { type ByAddress, ByAddressProblem } from '../../media/by-address.ts';
import { videoPicture } from '../../media/video-picture.ts';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { captionedStill } from './captioned-still.ts';
import { changeWall } from './change-wall.ts';
import type { WallClient } from './wall-client.ts';

const answerSchema = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) });

export interface StillTakerOptions {
  readonly wall: () => HTMLElement | null;
  readonly client: Pick<WallClient, 'call'>;
  readonly byAddress: ByAddress;
  /** How a camera is called below its picture. */
  label(camera: CameraId): string;
  /** What is being secured, and by whom. */
  securing(): readonly Securing[];
}

/**
 * Keeps the picture that a tile shows now, in the stream's full size with a caption below it, and puts it into the tile; the camera is one step back. Only a live
 * picture is kept, or a rewound one: any other would carry a time at which it was not taken. Where this window secures the camera for an incident it is attached to that, too.
 */
export function createStillTaker({
  wall,
  client,
  byAddress,
  label,
  securing,
}: StillTakerOptions): (at: TilePlace) => Promise<void> {
  return async (at) => {
    const tile = wall()?.querySelector<HTMLElement>(`[data-display="${CSS.escape(at.displayId)}"][data-tile="${at.tile}"]`);
    const video = tile?.querySelector('video');
    const rewound = tile?.querySelector<HTMLCanvasElement>('[data-rewound-canvas]') ?? null;
    const isThere = rewound ? rewound.dataset['state'] === 'shown' : tile?.dataset['state'] === 'live';
    const camera = cameraIdSchema.safeParse(tile?.dataset['shown']);
    if (!video || !camera.success || !isThere) {
      return say((t) => t('wall.still-not-live'), 'attention');
    }
    // Of a rewound tile what it shows, with the time of that.
    const takenUtcMs = rewound ? Number(rewound.dataset['shownUtc']) : Date.now();
    const plain = await videoPicture(rewound ?? video);
    const taken = `${dayText(takenUtcMs)} ${clockText(takenUtcMs)}`;
    const picture = plain && (await captionedStill(plain, { camera: label(camera.data), taken }));
    if (!picture) return say((t) => t('wall.still-failed'), 'attention');
    for (const { incident } of securing().filter((task) => task.camera === camera.data && task.taken === 'me'))
      void byAddress
        .put(`/evidence/${incident}/${encodeURIComponent(camera.data)}/${crypto.randomUUID()}/still`, picture)
        .catch(() => say((t) => t('wall.still-not-attached', { number: incident }), 'attention'));
    try {
      const answer = answerSchema.parse(await (await byAddress.put('/stills/', picture)).json());
      await changeWall(client, {
        type: 'put',
        at,
        content: { kind: 'still', digest: answer.digest, camera: camera.data, takenUtcMs },
      });
    } catch (error) {
      // Main keeps so many and no more, and the oldest that nobody can reach any more goes first: here there is none of those.
      if (error instanceof ByAddressProblem && error.status === 409) return say((t) => t('wall.still-no-room'), 'attention');
      if (error instanceof ByAddressProblem) return say((t) => t('wall.still-failed'), 'attention');
      sayFault(error);
    }
  };
}
