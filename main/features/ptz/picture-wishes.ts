import { randomUUID } from 'node:crypto';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { mostPictureWishes, mostPtzCameras, type PictureWish } from '../../../core/ptz/ptz.contract.ts';
import type { PtzPosition } from '../../../core/ptz/velocity.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';

/** For so long a window may answer, ms. What no window shows by then stays without a picture. */
const wishLastsMs = 30_000;
/** Between the two looks that tell that a camera stands, ms. */
const standsForMs = 400;
/** A camera that does not say where it looks is taken to stand so long after the last order, ms: longer than most need from one end to the other. */
const quietMs = 10_000;
/** Of its range: what a camera that stands may differ by from one answer to the next. */
const sameWithin = 0.001;

export interface WishedPicture {
  readonly camera: CameraId;
  readonly token: string;
  /** Where it looked when the preset was saved; null: it does not say. */
  readonly place: PtzPosition | null;
}

/** Which presets want a picture: those of cameras that stand where they stood when they were saved. A movement ends the wish. */
export interface PictureWishes {
  readonly list: Watchable<PictureWish[]>;
  /** A preset was saved: wishes for its picture where the camera stands. */
  saved(camera: CameraId, token: string): Promise<void>;
  /** An order to move was given. */
  moved(camera: CameraId): void;
  find(wish: string): WishedPicture | null;
  /** Whether it still looks where it did; ends the wish, which is good once. */
  fulfil(wish: string): Promise<boolean>;
  drop(camera: CameraId, token: string): void;
  close(): void;
}

export function createPictureWishes(ports: {
  readonly clock: Clock;
  /** Null: it does not say, or cannot be asked. */
  position(camera: CameraId): Promise<PtzPosition | null>;
}): PictureWishes {
  const { clock } = ports;
  const wishes = new Map<string, WishedPicture & { readonly callOff: () => void }>();
  /** Orders to each camera, and when the last was given. */
  const orders = new Map<CameraId, { readonly count: number; readonly atMs: number }>();
  const list = createCell<PictureWish[]>([]);
  const tell = (): void => list.set([...wishes].map(([wish, { camera }]) => ({ wish, camera })));
  const countOf = (camera: CameraId): number => orders.get(camera)?.count ?? 0;
  let closed = false;

  function end(goes: (wished: WishedPicture, wish: string) => boolean): void {
    let any = false;
    for (const [wish, wished] of wishes) {
      if (!goes(wished, wish)) continue;
      wished.callOff();
      wishes.delete(wish);
      any = true;
    }
    if (any) tell();
  }

  /** Where it stands; `moves`: it does not, or nobody can tell. */
  async function standingPlace(camera: CameraId): Promise<PtzPosition | null | 'moves'> {
    const first = await ports.position(camera);
    if (first === null)
      return clock.monotonicMs() - (orders.get(camera)?.atMs ?? Number.NEGATIVE_INFINITY) >= quietMs ? null : 'moves';
    await new Promise<void>((resolve) => void clock.after(standsForMs, resolve));
    const second = await ports.position(camera);
    return second !== null && isSame(first, second) ? second : 'moves';
  }

  return {
    list,
    async saved(camera, token) {
      end((wished) => wished.camera === camera && wished.token === token);
      const before = countOf(camera);
      const place = await standingPlace(camera);
      if (place === 'moves' || countOf(camera) !== before || closed) return;
      const wish = randomUUID();
      const callOff = clock.after(wishLastsMs, () => end((_, each) => each === wish));
      wishes.set(wish, { camera, token, place, callOff });
      const [oldest] = wishes.keys();
      if (wishes.size > mostPictureWishes) end((_, each) => each === oldest);
      tell();
    },
    moved(camera) {
      const count = countOf(camera) + 1;
      orders.delete(camera);
      orders.set(camera, { count, atMs: clock.monotonicMs() });
      const [oldest] = orders.keys();
      if (orders.size > mostPtzCameras && oldest !== undefined) orders.delete(oldest);
      if (wishes.size > 0) end((wished) => wished.camera === camera);
    },
    find: (wish) => wishes.get(wish) ?? null,
    async fulfil(wish) {
      const wished = wishes.get(wish);
      if (wished === undefined) return false;
      const now = wished.place === null ? null : await ports.position(wished.camera);
      const isThere = wished.place === null || (now !== null && isSame(now, wished.place));
      if (!wishes.has(wish)) return false;
      end((_, each) => each === wish);
      return isThere;
    },
    drop: (camera, token) => end((wished) => wished.camera === camera && wished.token === token),
    close() {
      closed = true;
      end(() => true);
    },
  };
}

function isSame(a: PtzPosition, b: PtzPosition): boolean {
  const near = (one: number, other: number) => Math.abs(one - other) <= sameWithin;
  return near(a.pan, b.pan) && near(a.tilt, b.tilt) && near(a.zoom ?? 0, b.zoom ?? 0);
}
