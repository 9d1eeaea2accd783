import type { DecodedPicture, PictureDecoder } from './picture-decoder.ts';
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
  makeDecoder(onPicture: (picture: DecodedPicture) => void, onFailure: () => void): PictureDecoder;
  /** Puts it on the glass; closes nothing. */
  draw(frame: VideoFrame): void;
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
/** A moment with no picture for so long before it belongs to no ring. */
const gapMs = 1_500;
const nothing: RewoundFact = { state: 'seeking', arrivedMs: null, takenUtcMs: null, sequence: null, fromMs: null };

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
  let fact = nothing;
  let toldMs = Number.NEGATIVE_INFINITY;

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
      () => {
        decoder = null;
        run += 1;
        forget();
        tell({ state: 'failed' });
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
    ports.draw(last.frame);
    last.frame.close();
    const shown = known.get(last.sequence);
    for (const sequence of known.keys()) if (sequence <= last.sequence) known.delete(sequence);
    if (!shown) return;
    const { arrivedMs, takenUtcMs, sequence } = shown;
    tell({ state: 'shown', arrivedMs, takenUtcMs, sequence }, fact.state !== 'shown' || position?.speed === 0);
  }

  /** The stream that has this moment; else the one whose pictures are nearest to it. */
  async function choose(momentMs: number): Promise<string | null> {
    const { rings: all } = await rings.measure();
    const own = ports.sources.flatMap((each) => all.find((ring) => ring.source === each && ring.groups > 0) ?? []);
    const farFrom = (ring: { fromMs: number; toMs: number }) => Math.max(0, ring.fromMs - momentMs, momentMs - ring.toMs - gapMs);
    const [best] = own.toSorted((one, other) => farFrom(one) - farFrom(other));
    return best?.source ?? null;
  }

  async function seek(): Promise<void> {
    run += 1;
    const own = run;
    forget();
    const at = target();
    const chosen = await choose(at);
    if (own !== run || position === null) return;
    if (chosen === null) return tell({ ...nothing, state: 'nothing' });
    source = chosen;
    const standing = position.speed === 0;
    const first = await rings.read(source, { momentMs: at }, standing ? at : at + readAheadMs * position.speed);
    if (own !== run || position === null) return;
    if (first === null) return tell({ ...nothing, state: 'nothing' });
    tell({ fromMs: first.measure.fromMs }, false);
    if (standing) return stand(first, position.steps, own);
    const [oldest] = first.pictures;
    // What was asked for is not kept any more: from the oldest on that is.
    if (oldest && oldest.arrivedMs > at) position = { ...position, momentMs: oldest.arrivedMs, saidMs: nowMs() };
    coming = [...first.pictures];
    next = first.next;
    tick();
  }

  async function stand(first: RingedPictures, steps: number, own: number): Promise<void> {
    const shown = first.pictures.at(-1)?.sequence ?? first.next;
    const wanted = Math.max(0, shown + steps);
    let batch: RingedPictures | null = steps === 0 ? first : await rings.read(source, { toShow: wanted }, nowMs());
    for (;;) {
      if (own !== run || batch === null) return;
      for (const picture of batch.pictures) if (picture.sequence <= wanted) feed(picture);
      if (!batch.more || batch.next > wanted) break;
      batch = await rings.read(source, { sequence: batch.next }, nowMs());
    }
    await decoding().flush();
    if (own === run) showDue(() => true);
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
      const batch = await rings.read(source, { sequence: next }, target() + readAheadMs * speed);
      if (own !== run || batch === null) return;
      coming.push(...batch.pictures);
      next = batch.next;
      tell({ fromMs: batch.measure.fromMs }, false);
    } finally {
      reading = false;
    }
  }

  function tick(): void {
    if (position === null || position.speed === 0 || fact.state === 'failed' || fact.state === 'nothing') return;
    const at = target();
    const due = coming.findLastIndex(({ key, arrivedMs }) => key !== null && arrivedMs <= at);
    // What is far behind and has another group to begin with is not caught up with picture by picture.
    if (due > 0 && (coming[0]?.arrivedMs ?? at) < at - behindMs) coming.splice(0, due);
    while (coming[0] && coming[0].arrivedMs <= at + decodeAheadMs * position.speed && decoding().waiting() < mostInDecoder) {
      const picture = coming.shift();
      if (picture) feed(picture);
    }
    showDue(({ arrivedMs }) => arrivedMs <= at);
    readOn().catch(() => {});
  }

  return {
    show(to) {
      const before = position;
      const was = target();
      position = to;
      // Only its pace is another: it goes on where it is.
      if (before !== null && before.speed > 0 && to.speed > 0 && Math.abs(target() - was) < gapMs / 10) return;
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
