import { createLastPictures, type DecodedLast } from './last-pictures.ts';
import { createPictureDecoder } from './picture-decoder.ts';
import type { LastPicture, RewindNews, RewindOrder } from './rewind-messages.ts';
import { createRewindPlayer, type RewindPlayer } from './rewind-player.ts';
import { createRings, type Rings } from './rings.ts';
import { createRewoundPost, type RewoundPost } from './rewound-post.ts';

/** A refresh of the screen and a half: what is late by that nobody sees. */
const tickEveryMs = 25;
const players = new Map<number, { readonly player: RewindPlayer; readonly post: RewoundPost }>();
let port: MessagePort | null = null;
const rings: Rings = createRings(() => port);
/** Under a hatch nobody sees more of it, and dozens may be shown at once. */
const mostLastWidth = 960;
const lastPictures = createLastPictures({
  rings,
  makeDecoder: createPictureDecoder,
  async tell(id, decoded) {
    const last = decoded && (await small(decoded));
    const news: RewindNews = { id, last };
    postMessage(news, { transfer: last === null ? [] : [last.bitmap] });
  },
});
let timer: ReturnType<typeof setInterval> | undefined;

/** By way of its bytes: of a frame that it draws itself, Chromium without a GPU keeps a copy, up to 512 MiB of them. */
async function small({ frame, arrivedMs, takenUtcMs }: DecodedLast): Promise<LastPicture | null> {
  try {
    const format = { format: 'RGBA' } as const;
    const pixels = new Uint8ClampedArray(frame.allocationSize(format));
    await frame.copyTo(pixels, format);
    const wide = Math.min(frame.displayWidth, mostLastWidth);
    const bitmap = await createImageBitmap(new ImageData(pixels, frame.visibleRect?.width ?? frame.codedWidth), {
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

/**
 * One worker for all rewound pictures of a page: decoding them holds up neither the page nor the pictures of live tiles. They go to the page as bitmaps, which it shows
 * together with what it says of them: a canvas that is drawn to from here is painted by itself, before or after the page's words.
 */
function open({ id, sources }: Extract<RewindOrder, { t: 'open' }>): void {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { alpha: false });
  const post = createRewoundPost((frame, fact) => {
    const picture = frame && copied(frame);
    const news: RewindNews = { id, fact, picture };
    postMessage(news, { transfer: picture === null ? [] : [picture] });
  });
  function copied(frame: VideoFrame): ImageBitmap {
    const { displayWidth, displayHeight } = frame;
    if (canvas.width !== displayWidth || canvas.height !== displayHeight) {
      canvas.width = displayWidth;
      canvas.height = displayHeight;
    }
    context?.drawImage(frame, 0, 0);
    return canvas.transferToImageBitmap();
  }
  const player = createRewindPlayer({
    sources,
    rings,
    makeDecoder: createPictureDecoder,
    draw: post.draw,
    tell: post.tell,
    nowMs: () => performance.timeOrigin + performance.now(),
  });
  players.set(id, { player, post });
  timer ??= setInterval(() => {
    for (const { player: each } of players.values()) each.tick();
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
      return players.get(order.id)?.player.show(order.position);
    case 'taken':
      return players.get(order.id)?.post.taken();
    case 'last':
      return lastPictures.ask(order.id, order.sources);
    case 'close':
      lastPictures.drop(order.id);
      players.get(order.id)?.player.close();
      players.get(order.id)?.post.close();
      players.delete(order.id);
      if (players.size > 0) return;
      clearInterval(timer);
      timer = undefined;
  }
});
