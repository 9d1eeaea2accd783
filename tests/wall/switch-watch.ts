import { z } from 'zod';
import type { Page } from 'playwright';

/** Before the page's own scripts: notes what is asked of the front door, and what it answers. */
const noteRequests = `(() => {
  const noted = (window.asked = []);
  const own = window.fetch.bind(window);
  window.fetch = async (url, init) => {
    const path = new URL(url, location.href).pathname;
    if (!path.startsWith('/whep/')) return own(url, init);
    const wishes = path === '/whep/sessions' ? JSON.parse(init.body).wishes.length : 0;
    const entry = { method: init?.method ?? 'GET', path, wishes, atMs: performance.now(), status: 0, answeredMs: 0 };
    noted.push(entry);
    const response = await own(url, init);
    Object.assign(entry, { status: response.status, answeredMs: performance.now() });
    return response;
  };
  window.peersMade = 0;
  const Own = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Own {
    constructor(...args) {
      super(...args);
      window.peersMade += 1;
    }
  };
})()`;

/**
 * Notes each tile's pictures (their RTP timestamp and the frame they were told in), whether one is black, and each change of what the tile says: of its states those
 * that no old picture covers, which says its age.
 */
const watchTiles = `(() => {
  let frameMs = 0;
  const canvas = new OffscreenCanvas(8, 8);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const brightest = (video) => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, 8, 8);
    context.drawImage(video, 0, 0, 8, 8);
    return Math.max(...context.getImageData(0, 0, 8, 8).data.filter((_, index) => index % 4 !== 3));
  };
  window.watched = [...document.querySelectorAll('[data-tile]')].map((tile) => {
    const video = tile.querySelector('video');
    const own = { tile: Number(tile.dataset.tile), pictures: [], said: [], states: [], black: 0, looks: 0, remounted: false };
    const told = (nowMs, { rtpTimestamp }) => {
      frameMs = nowMs;
      own.pictures.push({ frameMs, rtpTimestamp });
      video.requestVideoFrameCallback(told);
    };
    video.requestVideoFrameCallback(told);
    new MutationObserver((records) => {
      const aged = tile.dataset.aged !== undefined;
      for (const { attributeName } of records) {
        if (attributeName === 'data-state' && !aged) own.states.push(tile.dataset.state);
        if (attributeName === 'data-shown') own.said.push({ frameMs, aged, atMs: performance.now(), shown: tile.dataset.shown, caption: tile.querySelector('header')?.textContent ?? '' });
      }
    }).observe(tile, { attributes: true, attributeFilter: ['data-state', 'data-shown'] });
    const look = () => {
      own.looks += 1;
      if (brightest(video) < 8) own.black += 1;
      own.remounted ||= tile.querySelector('video') !== video;
    };
    return { own, look };
  });
  let turn = 0;
  // A quarter of the tiles at each frame: looking at all of them at once would be the heaviest thing on this page.
  const each = (nowMs) => {
    frameMs = nowMs;
    turn += 1;
    for (const { own, look } of watched) if (own.tile % 4 === turn % 4) look();
    requestAnimationFrame(each);
  };
  requestAnimationFrame(each);
})()`;

const seenSchema = z.array(
  z.object({
    tile: z.number(),
    pictures: z.array(z.object({ frameMs: z.number(), rtpTimestamp: z.number() })),
    said: z.array(z.object({ frameMs: z.number(), aged: z.boolean(), atMs: z.number(), shown: z.string(), caption: z.string() })),
    states: z.array(z.string()),
    black: z.number(),
    looks: z.number(),
    remounted: z.boolean(),
  }),
);
const askedSchema = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    wishes: z.int(),
    atMs: z.number(),
    status: z.number(),
    answeredMs: z.number(),
  }),
);
export type SeenTile = z.infer<typeof seenSchema>[number];
export type Asked = z.infer<typeof askedSchema>[number];

/** What a page of the wall does while it shows other cameras. `note` comes before the page is opened, `watch` when it is live. */
export const switchWatch = {
  note: (page: Page) => page.addInitScript(noteRequests),
  watch: async (page: Page): Promise<void> => void (await page.evaluate(watchTiles)),
  async seen(page: Page): Promise<{ tiles: SeenTile[]; asked: Asked[] }> {
    const [tiles, asked] = await Promise.all([page.evaluate('watched.map(({ own }) => own)'), page.evaluate('window.asked')]);
    return { tiles: seenSchema.parse(tiles), asked: askedSchema.parse(asked) };
  },
};
