import type { DecodedPicture, PictureDecoder } from './picture-decoder.ts';
import type { RingedPicture, Rings } from './rings.ts';

/** The last key picture of a camera, decoded; whoever gets it closes its frame. */
export interface DecodedLast {
  readonly frame: VideoFrame;
  /** Ms since 1970 by the clock that never goes back. */
  readonly arrivedMs: number;
  /** UTC, ms; null where nobody told. */
  readonly takenUtcMs: number | null;
}

/** The last key pictures of cameras, for tiles that wait for them. */
export interface LastPictures {
  /** `sources`: one camera's streams, the best first. */
  ask(id: number, sources: readonly string[]): void;
  /** What is not begun yet is not begun any more. */
  drop(id: number): void;
}

export interface LastPicturesPorts {
  readonly rings: Pick<Rings, 'read' | 'measure'>;
  makeDecoder(onPicture: (picture: DecodedPicture) => void, onFailure: () => void): PictureDecoder;
  /** Told once for each that was asked for and not dropped; null where there is none. The next one waits for it. */
  tell(id: number, last: DecodedLast | null): Promise<void>;
}

/** A scene may ask for dozens in one moment, while live pictures want the same processor. */
const mostAtOnce = 4;
/** One picture takes some milliseconds; a decoder that is silent for so long has none. */
const decodeLimitMs = 3_000;

export function createLastPictures(ports: LastPicturesPorts): LastPictures {
  let waiting: { readonly id: number; readonly sources: readonly string[] }[] = [];
  let busy = 0;

  function begin(): void {
    if (busy >= mostAtOnce) return;
    const next = waiting.shift();
    if (!next) return;
    busy += 1;
    readLast(ports, next.sources)
      .catch(() => null)
      .then((last) => ports.tell(next.id, last))
      .catch(() => {})
      .finally(() => {
        busy -= 1;
        begin();
      });
  }

  return {
    ask(id, sources) {
      waiting.push({ id, sources });
      begin();
    },
    drop(id) {
      waiting = waiting.filter((each) => each.id !== id);
    },
  };
}

/** Of the stream that had a picture last. */
async function readLast({ rings, makeDecoder }: LastPicturesPorts, sources: readonly string[]): Promise<DecodedLast | null> {
  const { rings: all } = await rings.measure();
  const own = sources.flatMap((each) => all.find((ring) => ring.source === each && ring.groups > 0) ?? []);
  const [newest] = own.toSorted((one, other) => other.toMs - one.toMs);
  // A key picture needs no other one: its group may be as long as half a minute.
  const read = newest && (await rings.read(newest.source, { momentMs: Number.POSITIVE_INFINITY }, Number.NEGATIVE_INFINITY));
  const key = read?.pictures[0];
  const frame = key?.key ? await decodeOne(makeDecoder, key) : null;
  return key && frame ? { frame, arrivedMs: key.arrivedMs, takenUtcMs: key.takenUtcMs } : null;
}

async function decodeOne(makeDecoder: LastPicturesPorts['makeDecoder'], picture: RingedPicture): Promise<VideoFrame | null> {
  const frames: VideoFrame[] = [];
  const decoder = makeDecoder(
    ({ frame }) => void frames.push(frame),
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    decoder.feed(picture);
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, decodeLimitMs);
    });
    await Promise.race([decoder.flush(), limit]);
  } catch {
    // What it gave before it failed is a picture all the same.
  } finally {
    clearTimeout(timer);
    decoder.close();
  }
  for (const frame of frames.slice(1)) frame.close();
  return frames[0] ?? null;
}
