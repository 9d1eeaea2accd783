import type { DecodedPicture, DecoderFailure, PictureDecoder } from './picture-decoder.ts';
import type { PlayPosition, RewoundFact } from './rewind-messages.ts';
import type { RingedPicture, RingedPictures, Rings } from './rings.ts';

/** Shows one camera's kept pictures. Decodes only what is looked at. */
export interface RewindPlayer {
  show(position: PlayPosition): void;
  /** Time went on: to be called some 40 times a second. */
  tick(): void;
  close(): void;
}

export interface RewindPlayerPorts {
  /** The same camera's streams, the best first. */
  readonly sources: readonly string[];
  readonly rings: Pick<Rings, 'read' | 'measure'>;
  makeDecoder(onPicture: (picture: DecodedPicture) => void, onFailure: (why: DecoderFailure) => void): PictureDecoder;
  /** Puts a picture on the glass together with what is to be said of it; closes nothing. */
  draw(frame: VideoFrame, fact: RewoundFact): void;
  /** Only what is to be said is another. */
  tell(fact: RewoundFact): void;
  /** The clock of moments. */
  nowMs(): number;
}

/** So far ahead of what is shown pictures are read, and decoded, at the pace of life (ms). */
const readAheadMs = 1_500;
const decodeAheadMs = 150;
const mostInDecoder = 24;
/** Behind by more it goes on with the next group that is due. */
const behindMs = 400;
const tellEveryMs = 250;
/** Where nothing more is kept yet. */
const readAgainMs = 100;
/** A moment with no picture for so long before it lies in a gap. */
const gapMs = 1_500;
/** What is said before there is a picture. */
export const nothingRewound: RewoundFact = {
  ...{ state: 'seeking', arrivedMs: null, takenUtcMs: null, sequence: null },
  ...{ fromMs: null, gapMs: null, wish: null, speed: null },
};

export function createRewindPlayer(ports: RewindPlayerPorts): RewindPlayer {
  const { rings, nowMs } = ports;
  let position: PlayPosition | null = null;
  /** What was begun for an older position is not gone on with. */
  let run = 0;
  let decoder: PictureDecoder | null = null;
  let source = '';
  let coming: RingedPicture[] = [];
  let next = 0;
  let reading = false;
  let readMs = 0;
  /** Of those that were fed and are not shown. */
  const known = new Map<number, RingedPicture>();
  let decoded: DecodedPicture[] = [];
  let fact = nothingRewound;
  let toldMs = Number.NEGATIVE_INFINITY;
  /** Behind which picture the other streams were asked for what this one has not. */
  let askedBehind = '';

  function tell(change: Partial<RewoundFact>, atOnce = true): void {
    fact = { ...fact, ...change };
    if (!atOnce && nowMs() - toldMs < tellEveryMs) return;
    toldMs = nowMs();
    ports.tell(fact);
  }

  const target = (): number => {
    if (position === null) return 0;
    return Math.min(nowMs(), position.momentMs + position.speed * Math.max(0, nowMs() - position.saidMs));
  };

  function forget(): void {
    for (const { frame } of decoded) frame.close();
    decoded = [];
    coming = [];
    known.clear();
    decoder?.reset();
  }

  function decoding(): PictureDecoder {
    decoder ??= ports.makeDecoder(
      (picture) => void decoded.push(picture),
      (why) => {
        decoder = null;
        run += 1;
        forget();
        tell({ state: why });
      },
    );
    return decoder;
  }

  function feed(picture: RingedPicture): void {
    const { data: _data, ...facts } = picture;
    known.set(picture.sequence, { ...facts, data: noData });
    decoding().feed(picture);
  }

  /** Puts the last of the decoded ones that is due on the glass. */
  function showDue(isDue: (picture: RingedPicture) => boolean): void {
    let last: DecodedPicture | null = null;
    const later: DecodedPicture[] = [];
    for (const one of decoded) {
      const facts = known.get(one.sequence);
      if (!facts) one.frame.close();
      else if (!isDue(facts)) later.push(one);
      else {
        last?.frame.close();
        last = one;
      }
    }
    decoded = later;
    if (last === null) return;
    const shown = known.get(last.sequence);
    for (const sequence of known.keys()) if (sequence <= last.sequence) known.delete(sequence);
    if (shown) {
      const { arrivedMs, takenUtcMs, sequence } = shown;
      const { wish = null, speed = null } = position ?? {};
      fact = { ...fact, state: 'shown', arrivedMs, takenUtcMs, sequence, gapMs: null, wish, speed };
      toldMs = nowMs();
      ports.draw(last.frame, fact);
    }
    last.frame.close();
  }

  /** The streams of which anything is kept: those that reach to this moment first, and of these the best. */
  async function candidates(momentMs: number): Promise<readonly string[]> {
    const { rings: all } = await rings.measure();
    const own = ports.sources.flatMap((each) => all.find((ring) => ring.source === each && ring.groups > 0) ?? []);
    const farFrom = (ring: { fromMs: number; toMs: number }) => Math.max(0, ring.fromMs - momentMs, momentMs - ring.toMs - gapMs);
    return own.toSorted((one, other) => farFrom(one) - farFrom(other)).map((ring) => ring.source);
  }

  /** From the stream that has a picture of this moment; where none has, from the one that had a picture last. */
  async function readFrom(at: number, toMs: number, own: number): Promise<RingedPictures | null> {
    let found: { readonly pictures: RingedPictures; readonly agoMs: number } | null = null;
    for (const each of await candidates(at)) {
      const pictures = own === run ? await rings.read(each, { momentMs: at }, toMs) : null;
      if (pictures === null) continue;
      const last = pictures.pictures.findLast(({ arrivedMs }) => arrivedMs <= at);
      const agoMs = pictures.more ? 0 : at - (last?.arrivedMs ?? Number.NEGATIVE_INFINITY);
      if (found === null || agoMs < found.agoMs) found = { pictures, agoMs };
      if (found.agoMs <= gapMs) break;
    }
    return found?.pictures ?? null;
  }

  async function seek(): Promise<void> {
    run += 1;
    const own = run;
    forget();
    const at = target();
    const standing = position?.speed === 0;
    const first = await readFrom(at, standing ? at : at + readAheadMs * (position?.speed ?? 1), own);
    if (own !== run || position === null) return;
    if (first === null) return tell({ ...nothingRewound, state: 'nothing' });
    source = first.source;
    tell({ fromMs: first.measure.fromMs }, false);
    if (standing) return stand(first, at, position.steps, own);
    const [oldest] = first.pictures;
    // What was asked for is not kept any more: from the oldest on that is.
    if (oldest && oldest.arrivedMs > at) position = { ...position, momentMs: oldest.arrivedMs, saidMs: nowMs() };
    coming = [...first.pictures];
    next = first.next;
    tick();
  }

  async function stand(first: RingedPictures, at: number, steps: number, own: number): Promise<void> {
    const from = await wholeOf(first, at, own);
    const last = from.at(-1);
    if (last === undefined || own !== run) return;
    const wanted = Math.max(0, last.sequence + steps);
    const pictures =
      steps === 0 ? from : await wholeOf(await rings.read(source, { toShow: wanted }, nowMs()), nowMs(), own, wanted);
    if (own !== run) return;
    for (const picture of pictures) if (picture.sequence <= wanted) feed(picture);
    await decoding().flush();
    if (own === run) showDue(() => true);
    if (own !== run || steps !== 0 || at - last.arrivedMs <= gapMs) return;
    const after = await rings.read(source, { sequence: last.sequence + 1 }, Number.POSITIVE_INFINITY);
    const end = after?.pictures[0]?.arrivedMs;
    if (own === run && end !== undefined && end - last.arrivedMs > gapMs) tell({ gapMs: end - last.arrivedMs });
  }

  /** A long group comes in several batches. */
  async function wholeOf(
    first: RingedPictures | null,
    toMs: number,
    own: number,
    upTo = Number.POSITIVE_INFINITY,
  ): Promise<readonly RingedPicture[]> {
    const all: RingedPicture[] = [];
    for (let batch = first; batch !== null; ) {
      all.push(...batch.pictures);
      if (own !== run || !batch.more || batch.next > upTo) break;
      batch = await rings.read(source, { sequence: batch.next }, toMs);
    }
    return all;
  }

  /** Where the next picture is far off that is a gap, unless another stream of the camera has what this one has not. */
  function lookForGap(at: number): void {
    const { state, arrivedMs, sequence } = fact;
    if (state !== 'shown' || arrivedMs === null || at - arrivedMs <= gapMs || decoded.length > 0) return;
    const after = coming[0]?.arrivedMs;
    if (after === undefined || after - arrivedMs <= gapMs) return;
    if (fact.gapMs === null) tell({ gapMs: after - arrivedMs });
    const behind = `${source} ${sequence}`;
    if (ports.sources.length < 2 || askedBehind === behind) return;
    askedBehind = behind;
    seek().catch(() => {});
  }

  async function readOn(): Promise<void> {
    if (reading || position === null) return;
    const { speed } = position;
    const last = coming.at(-1);
    if (nowMs() - readMs < readAgainMs || (last && last.arrivedMs > target() + (readAheadMs / 2) * speed)) return;
    reading = true;
    readMs = nowMs();
    const own = run;
    try {
      // Where nothing is to come for a while, how long that is can be said only by what comes then.
      const isBehind = coming.length === 0 && fact.arrivedMs !== null && target() - fact.arrivedMs > gapMs;
      const toMs = isBehind ? Number.POSITIVE_INFINITY : target() + readAheadMs * speed;
      const batch = await rings.read(source, { sequence: next }, toMs);
      if (own !== run || batch === null) return;
      coming.push(...batch.pictures);
      next = batch.next;
      tell({ fromMs: batch.measure.fromMs }, false);
    } finally {
      reading = false;
    }
  }

  function tick(): void {
    if (position === null || position.speed === 0 || (fact.state !== 'shown' && fact.state !== 'seeking')) return;
    const at = target();
    const due = coming.findLastIndex(({ key, arrivedMs }) => key !== null && arrivedMs <= at);
    // What is far behind and has another group to begin with is not caught up with picture by picture.
    if (due > 0 && (coming[0]?.arrivedMs ?? at) < at - behindMs) coming.splice(0, due);
    while (coming[0] && coming[0].arrivedMs <= at + decodeAheadMs * position.speed && decoding().waiting() < mostInDecoder) {
      const picture = coming.shift();
      if (picture) feed(picture);
    }
    showDue(({ arrivedMs }) => arrivedMs <= at);
    lookForGap(at);
    readOn().catch(() => {});
  }

  return {
    show(to) {
      const before = position;
      const was = target();
      position = to;
      // Only its pace is another: it goes on where it is, and over a gap no other picture comes to say so.
      if (before !== null && before.speed > 0 && to.speed > 0 && Math.abs(target() - was) < gapMs / 10) {
        if (fact.wish === before.wish) tell({ wish: to.wish });
        return;
      }
      if (fact.state !== 'shown') tell({ state: 'seeking' });
      const own = run + 1;
      seek().catch(() => own === run && tell({ state: 'failed' }));
    },
    tick,
    close() {
      run += 1;
      position = null;
      forget();
      decoder?.close();
      decoder = null;
    },
  };
}

const noData = new ArrayBuffer(0);
