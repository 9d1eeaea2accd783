import { createPictureDecoder } from './picture-decoder.ts';
import type { RewindNews, RewindOrder } from './rewind-messages.ts';
import { createRewindPlayer, type RewindPlayer } from './rewind-player.ts';
import { createRings, type Rings } from './rings.ts';

/** A refresh of the screen and a half: what is late by that nobody sees. */
const tickEveryMs = 25;
const players = new Map<number, RewindPlayer>();
let port: MessagePort | null = null;
const rings: Rings = createRings(() => port);
let timer: ReturnType<typeof setInterval> | undefined;

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
    case 'close':
      players.get(order.id)?.close();
      players.delete(order.id);
      if (players.size > 0) return;
      clearInterval(timer);
      timer = undefined;
  }
});
