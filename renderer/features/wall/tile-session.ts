import type { CameraId, StreamName } from '../../../core/cameras/camera.ts';
import { isConnected } from '../../../core/streams/stream-life.ts';
import type { StreamSession } from '../../media/pooled-session.ts';

/** A camera's stream, as a tile shows it. */
export interface TileStream {
  readonly camera: CameraId;
  readonly stream: StreamName;
}

/** One tile's stream. */
export interface TileSession extends StreamSession {
  /** Whose pictures are on the glass; another object when it is another. Listeners hear. */
  shown(): TileStream;
  /** The camera that is to be shown and whose first picture is still to come; null where none is. Listeners hear. */
  awaited(): CameraId | null;
  /**
   * Shows another camera or another stream of the same one; a live picture stays until the other one's is there. False, with nothing done, where there is
   * no live picture to go on with: then it has to be opened anew.
   */
  show(next: TileStream): boolean;
}

export const pathOf = ({ camera, stream }: TileStream): string => `/whep/${camera}/${stream}`;

/** Makes a tile's session of a stream's. */
export function createTileSession(
  session: StreamSession,
  first: TileStream,
  ports: {
    /** Before other listeners: another one is on the glass. */
    onShown(): void;
    /** What was awaited cannot come into this session: it is to be opened anew, and its tile says what is wrong. Once. */
    onGivenUp(): void;
  },
): TileSession {
  let shown = first;
  /** Everything that was wanted since what is shown, which any of it may still become. */
  let wished: readonly TileStream[] = [first];
  let givenUp = false;

  const awaited = (): CameraId | null => {
    const wanted = wished.find((each) => pathOf(each) === session.wanted());
    return wanted === undefined || wanted.camera === shown.camera ? null : wanted.camera;
  };
  session.subscribe(() => {
    const path = session.path();
    if (path !== pathOf(shown)) {
      const place = wished.findIndex((each) => pathOf(each) === path);
      shown = wished[place] ?? shown;
      wished = wished.slice(Math.max(0, place));
      ports.onShown();
    }
    if (givenUp || awaited() === null) return;
    const life = session.life();
    const { state } = life;
    // A picture that only stalls may wait for the other one in the open session, and so may one that nobody sees. What was lost waits for nothing.
    const waits = state === 'live' || state === 'stalled' || (state === 'hidden' && isConnected(life));
    if (waits && session.trouble() === null) return;
    givenUp = true;
    ports.onGivenUp();
  });

  return {
    ...session,
    shown: () => shown,
    awaited,
    show(next) {
      const otherCamera = next.camera !== (awaited() ?? shown.camera);
      const life = session.life();
      const goesOn = life.state === 'live' || (life.state === 'hidden' && isConnected(life)) || awaited() !== null;
      if (givenUp || (otherCamera && !goesOn)) return false;
      wished = [...wished.filter((each) => pathOf(each) !== pathOf(next)), next];
      session.change(pathOf(next));
      return true;
    },
  };
}
