import { createLastPictures, type DecodedLast } from './last-pictures.ts';
import { createPictureDecoder } from './picture-decoder.ts';
import type { LastPicture, RewindNews, RewindOrder } from './rewind-messages.ts';
import { createRewindPlayer, type RewindPlayer } from './rewind-player.ts';
import { createRings, type Rings } from './rings.ts';

/** A refresh of the screen and a half: what is late by that nobody sees. */
const tickEveryMs = 25;
const players = new Map<number, RewindPlayer>();
let port: MessagePort | null = null;
const rings: Rings = createRings(() => port);
/** Under a hatch nobody sees more of it, and dozens may be shown at once. */
const mostLastWidth = 960;
const lastPictures = createLastPictures({
  rings,
  makeDecoder: createPictureDecoder,
  async tell(id, decoded) {
    const last = decoded && (await copied(decoded));
    const news: RewindNews = { id, last };
    postMessage(news, { transfer: last === null ? [] : [last.bitmap] });
  },
});
let timer: ReturnType<typeof setInterval> | undefined;

async function copied({ frame, arrivedMs, takenUtcMs }: DecodedLast): Promise<LastPicture | null> {
  try {
    const wide = Math.min(frame.displayWidth, mostLastWidth);
    const bitmap = await createImageBitmap(frame, {
      resizeWidth: wide,
      resizeHeight: Math.max(1, Math.round((wide * frame.displayHeight) / frame.displayWidth)),
    });
    return { bitmap, arrivedMs, takenUtcMs };
  } catch {
    return null;
  } finally {
    frame.close();
  }
}

/** One worker for all rewound pictures of a page: decoding and drawing them holds up neither the page nor the pictures of live tiles. */
function open({ id, canvas, sources }: Extract<RewindOrder, { t: 'open' }>): void {
  const context = canvas.getContext('2d', { alpha: false });
  const player = createRewindPlayer({
    sources,
    rings,
    makeDecoder: createPictureDecoder,
    draw(frame) {
      const { displayWidth, displayHeight } = frame;
      if (canvas.width !== displayWidth || canvas.height !== displayHeight) {
        canvas.width = displayWidth;
        canvas.height = displayHeight;
      }
      context?.drawImage(frame, 0, 0);
    },
    tell(fact) {
      const news: RewindNews = { id, fact };
      postMessage(news);
    },
    nowMs: () => performance.timeOrigin + performance.now(),
  });
  players.set(id, player);
  timer ??= setInterval(() => {
    for (const each of players.values()) each.tick();
  }, tickEveryMs);
}

addEventListener('message', ({ data: order, ports: [given] }: MessageEvent<RewindOrder>) => {
  switch (order.t) {
    case 'rings':
      port = given ?? null;
      return;
    case 'open':
      return open(order);
    case 'show':
      return players.get(order.id)?.show(order.position);
    case 'last':
      return lastPictures.ask(order.id, order.sources);
    case 'close':
      lastPictures.drop(order.id);
      players.get(order.id)?.close();
      players.delete(order.id);
      if (players.size > 0) return;
      clearInterval(timer);
      timer = undefined;
  }
});
