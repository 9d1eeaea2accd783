import type { RingAnswer, RingBatch, RingFrom, RingMeasures, RingOrder, RingPicture } from './ring-messages.ts';

/** An encoded picture out of a ring, with its own copy of its bytes: Annex B, as received. */
export interface RingedPicture extends Omit<RingPicture, 'offset' | 'bytes'> {
  readonly data: ArrayBuffer;
}

/** Pictures that are handed over; `lost`: so many before them were wanted and are gone. */
export interface RingedPictures extends Omit<RingBatch, 'data' | 'pictures'> {
  readonly pictures: readonly RingedPicture[];
}

/** What is kept of the encoded pictures of this window. Sources are named as they are asked for (`/whep/<camera>/<stream>`). */
export interface Rings {
  measure(): Promise<RingMeasures>;
  /** From the key picture before `from` (at least that) up to `toMs`, at most some MiB: go on with `{ sequence: next }` while there is `more`. Null where nothing is kept. */
  read(source: string, from: RingFrom, toMs: number): Promise<RingedPictures | null>;
  /**
   * Gives what is kept from there on, then what comes, some times a second, until it is ended. The next pictures come when `take` has resolved; meanwhile they
   * stay in the ring, up to 64 MiB. `take` hears null, and nothing after it, where 64 are followed already.
   */
  follow(source: string, from: RingFrom, take: (pictures: RingedPictures | null) => Promise<void> | void): { end(): void };
}

/** Over a port to the frame worker (`FrameLines.rings`). Where there is none, nothing is kept. */
export function createRings(connect: () => MessagePort | null): Rings {
  let port: MessagePort | null = null;
  let asked = 0;
  const waiting = new Map<number, (answer: RingAnswer) => void>();

  function tell(order: RingOrder): boolean {
    if (port === null) {
      port = connect();
      port?.addEventListener('message', ({ data }: MessageEvent<RingAnswer>) => waiting.get(data.id)?.(data));
      port?.start();
    }
    port?.postMessage(order);
    return port !== null;
  }

  function ask(order: (id: number) => RingOrder): Promise<RingAnswer> {
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      waiting.set(id, (answer) => {
        waiting.delete(id);
        resolve(answer);
      });
      if (tell(order(id))) return;
      waiting.delete(id);
      reject(new Error('no pictures are kept in this window'));
    });
  }

  return {
    async measure() {
      const answer = await ask((id) => ({ t: 'measure', id }));
      if (answer.t !== 'measured') throw new Error('another answer was expected');
      return answer.measures;
    },
    async read(source, from, toMs) {
      const answer = await ask((id) => ({ t: 'read', id, source, from, toMs }));
      return answer.t === 'batch' && answer.batch ? parted(answer.batch) : null;
    },
    follow(source, from, take) {
      asked += 1;
      const id = asked;
      const end = () => {
        if (waiting.delete(id)) tell({ t: 'end', id });
      };
      const given = async (batch: RingBatch | null) => {
        await take(batch && parted(batch));
        if (batch === null) waiting.delete(id);
        else if (waiting.has(id)) tell({ t: 'more', id });
      };
      waiting.set(id, (answer) => {
        if (answer.t === 'batch') given(answer.batch).catch(end);
      });
      if (!tell({ t: 'follow', id, source, from })) void given(null).catch(end);
      return { end };
    },
  };
}

function parted({ data, pictures, ...facts }: RingBatch): RingedPictures {
  return {
    ...facts,
    pictures: pictures.map(({ offset, bytes, ...picture }) => ({ ...picture, data: data.slice(offset, offset + bytes) })),
  };
}
