import type { StreamName } from '../../core/cameras/camera.ts';
import type { TapNews } from '../../core/evidence/tap-news.ts';

export interface TapOrder {
  readonly camera: string;
  readonly stream: StreamName;
  /** From then on, as far as it is kept (UTC, ms). */
  readonly fromUtcMs: number;
}

export interface RunningTap {
  /** Gives what is there, and ends. */
  finish(): void;
  /** Resolves when everything was given; rejects where it broke off. */
  readonly done: Promise<void>;
}

/** Pictures that no window secures, from the embedded gateway: clips, piece by piece. */
export interface PictureTap {
  /** The next message comes when the promise of the one before has resolved. Where that rejects, the tap breaks off. */
  open(order: TapOrder, listener: (news: Exclude<TapNews, { t: 'quiet' }>, bytes: Buffer) => Promise<void>): RunningTap;
}
