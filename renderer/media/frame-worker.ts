import { createFrameBeat } from './frame-beat.ts';
import { createFrameGait, type FrameGait } from './frame-gait.ts';
import { createFrameTap, type FrameTap } from './frame-tap.ts';
import type { LineNews, LineOptions, LineOrder } from './frame-messages.ts';
import { createKeyAsking, type KeyAsking } from './key-asking.ts';

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
}

const tellEveryMs = 1_000;
/** Asked twice at once, our gateway knows that somebody waits: browsers ask it once in a while for what nobody decodes. */
const urgentMs = 30;
const lines = new Map<number, Line>();
const changed = new Set<Line>();
/** Those that let a picture through since the last news. */
const showing = new Set<Line>();
const beat = createFrameBeat({
  nowMs: () => performance.timeOrigin + performance.now(),
  setTimeout: (then, delayMs) => setTimeout(then, delayMs),
});
let timer: ReturnType<typeof setTimeout> | undefined;
const ignore = (): void => {};

/**
 * One worker for all receivers of a page: a worker each costs 130 MB at 64. Every picture passes the tap first, then the gait, so that what
 * is known of a stream does not depend on whether it is decoded. Nothing is kept, and nothing waits but for the common beat: one read, one write per
 * picture.
 */
addEventListener('rtctransform', ({ transformer }) => {
  const { options } = transformer;
  const request = () => void transformer.sendKeyFrameRequest().catch(ignore);
  const ask = () => {
    request();
    setTimeout(request, urgentMs);
  };
  const line: Line = { options, tap: createFrameTap(), gait: createFrameGait(options.gait), asking: createKeyAsking(ask) };
  lines.set(options.line, line);
  const reader = transformer.readable.getReader();
  const writer = transformer.writable.getWriter();
  const read = (): void => void reader.read().then(take, ignore);
  const take = (result: ReadableStreamReadResult<RTCEncodedVideoFrame>): void => {
    if (result.done) return;
    const { value } = result;
    if (passes(line, value)) beat.take(() => void writer.write(value).catch(ignore));
    read();
  };
  read();
});

function passes(line: Line, frame: RTCEncodedVideoFrame): boolean {
  const key = frame.type === 'key';
  const { rtpTimestamp = 0, mimeType = '' } = key ? frame.getMetadata() : {};
  const before = line.tap.repeats();
  line.tap.see(frame.data, key ? { rtpTimestamp, mimeType } : null, nowMs(line));
  changed.add(line);
  if (line.tap.repeats() !== before) tell([line]);
  else timer ??= setTimeout(tellChanged, tellEveryMs);
  if (key) line.asking.answered();
  const shows = line.gait.passes(key);
  if (shows) showing.add(line);
  return shows;
}

const nowMs = ({ options }: Line): number => performance.timeOrigin + performance.now() - options.originMs;

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

addEventListener('message', ({ data: order }: MessageEvent<LineOrder>) => {
  const line = lines.get(order.line);
  if (!line) return;
  if (order.t === 'gait') {
    if (!line.gait.change(order.gait)) line.asking.answered();
    else if (!order.waits) line.asking.ask();
    return;
  }
  if (order.t === 'ask') return line.asking.ask();
  changed.delete(line);
  showing.delete(line);
  if (order.t === 'renew') {
    line.tap = createFrameTap();
    return;
  }
  lines.delete(order.line);
  line.asking.answered();
});

tell([]);
