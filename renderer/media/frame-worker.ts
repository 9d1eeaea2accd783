import { createCommonBeat, showingBeat } from '../../core/streams/common-beat.ts';
import { createFrameGait, type FrameGait } from './frame-gait.ts';
import { createFrameTap, type FrameTap } from './frame-tap.ts';
import type { LineNews, LineOptions, LineOrder, PageOrder } from './frame-messages.ts';
import { usualRingLimits } from '../../core/rewind/ring-rules.ts';
import { createKeyAsking, type KeyAsking } from './key-asking.ts';
import { createPictureOwners, type PictureOwners } from './picture-owners.ts';
import { serveRings } from './ring-server.ts';
import { createRingStore, type RingInput } from './ring-store.ts';

/** The worker's end of a receiver's transform (webrtc-encoded-transform, §5). */
interface Transformer {
  readonly options: LineOptions;
  readonly readable: ReadableStream<RTCEncodedVideoFrame>;
  readonly writable: WritableStream<RTCEncodedVideoFrame>;
  sendKeyFrameRequest(): Promise<void>;
}

declare global {
  interface WindowEventMap {
    readonly rtctransform: Event & { readonly transformer: Transformer };
  }
}

interface Line {
  readonly options: LineOptions;
  tap: FrameTap;
  readonly gait: FrameGait;
  readonly asking: KeyAsking;
  readonly owners: PictureOwners;
  /** When a key picture was last asked for, to be kept (the worker's own ms). */
  askedMs: number;
}

const tellEveryMs = 1_000;
const sweepEveryMs = 5_000;
/** A camera that answers with no key picture is not asked for what only the ring would have of it. */
const askAgainMs = 20_000;
/** Asked twice at once, our gateway knows that somebody waits: browsers ask it once in a while for what nobody decodes. */
const urgentMs = 30;
const lines = new Map<number, Line>();
const changed = new Set<Line>();
const store = createRingStore(usualRingLimits);
/** Those that let a picture through since the last news. */
const showing = new Set<Line>();
const beat = createCommonBeat(
  { nowMs: () => performance.now(), setTimeout: (then, delayMs) => setTimeout(then, delayMs) },
  showingBeat,
);
let timer: ReturnType<typeof setTimeout> | undefined;
const ignore = (): void => {};
/** A clock that all windows of a PC share. */
function sharedMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * One worker for all receivers of a page: a worker each costs 130 MB at 64. Every picture passes the tap first, then the gait, so that what
 * is known of a stream does not depend on whether it is decoded, and so does what is kept of it. Nothing waits but for the common beat: one read, one write
 * per picture.
 */
addEventListener('rtctransform', ({ transformer }) => {
  const { options } = transformer;
  const request = () => void transformer.sendKeyFrameRequest().catch(ignore);
  const ask = () => {
    request();
    setTimeout(request, urgentMs);
  };
  const line: Line = {
    options,
    tap: createFrameTap(),
    gait: createFrameGait(options.gait),
    asking: createKeyAsking(ask),
    owners: createPictureOwners(),
    askedMs: Number.NEGATIVE_INFINITY,
  };
  lines.set(options.line, line);
  const reader = transformer.readable.getReader();
  const writer = transformer.writable.getWriter();
  const read = (): void => void reader.read().then(take, ignore);
  const take = (result: ReadableStreamReadResult<RTCEncodedVideoFrame>): void => {
    if (result.done) return;
    const { value } = result;
    try {
      if (passes(line, value)) beat.take(() => void writer.write(value).catch(ignore));
    } finally {
      // Whatever one picture came to grief on: a camera whose pictures were not read any more would look dead.
      read();
    }
  };
  read();
});

function passes(line: Line, frame: RTCEncodedVideoFrame): boolean {
  const key = frame.type === 'key';
  const { mimeType = '', width = 0, height = 0 } = key ? frame.getMetadata() : {};
  // The same as the metadata's RTP time, which costs ten times as much.
  const { data, timestamp: rtpTimestamp } = frame;
  const before = line.tap.repeats();
  line.tap.see(data, key ? { rtpTimestamp, mimeType } : null, nowMs(line));
  changed.add(line);
  if (line.tap.repeats() !== before) tell([line]);
  else timer ??= setTimeout(tellChanged, tellEveryMs);
  if (key) line.asking.answered();
  keep(line, { data, rtpTimestamp, key: key ? { mimeType, width, height } : null, arrivedMs: sharedMs() });
  const shows = line.gait.passes(key);
  if (shows) showing.add(line);
  return shows;
}

function keep(line: Line, picture: RingInput): void {
  const source = line.owners.of(picture.rtpTimestamp);
  if (source === null) return;
  const answer = store.put(line.options.line, source, picture);
  if (answer !== 'key-wanted' || picture.arrivedMs - line.askedMs < askAgainMs) return;
  line.askedMs = picture.arrivedMs;
  line.asking.ask();
}

const nowMs = ({ options }: Line): number => sharedMs() - options.originMs;

function tellChanged(): void {
  timer = undefined;
  beat.count(showing.size);
  showing.clear();
  tell([...changed]);
}

function tell(about: readonly Line[]): void {
  const news: LineNews = about.map(({ options, tap }) => ({ line: options.line, facts: tap.facts() }));
  for (const line of about) changed.delete(line);
  postMessage(news);
}

addEventListener('message', ({ data: order, ports: [port] }: MessageEvent<LineOrder | PageOrder>) => {
  if (order.t === 'keep') return store.limit(order.limits);
  if (order.t === 'rings') return port && serveRings(store, port, sharedMs);
  const line = lines.get(order.line);
  if (!line) return;
  if (order.t === 'gait') {
    if (!line.gait.change(order.gait)) line.asking.answered();
    else if (!order.waits) line.asking.ask();
    return;
  }
  if (order.t === 'ask') return line.asking.ask();
  if (order.t === 'own') {
    // What comes in between is missing afterwards.
    if (order.source === null) store.leave(order.line);
    return line.owners.own(order.source, order.mark);
  }
  if (order.t === 'matter') return store.matter(order.line, order.importance);
  if (order.t === 'taken')
    return line.owners.of(order.rtpTimestamp) === null
      ? undefined
      : store.taken(order.line, order.rtpTimestamp, order.takenUtcMs);
  changed.delete(line);
  showing.delete(line);
  if (order.t === 'renew') {
    line.tap = createFrameTap();
    return;
  }
  lines.delete(order.line);
  store.leave(order.line);
  line.asking.answered();
});

setInterval(() => store.sweep(sharedMs()), sweepEveryMs);
tell([]);
