import { frameCodeBlocks, frameCodeHeight, mostFrames, readFrameCode } from './frame-code.ts';

/**
 * A page script: `footage`, which reads the numbers out of the videos that are on the glass, of our wall's tiles (by their `data-tile`) or of any
 * page's videos (in their order). Times are UTC in milliseconds. It asks for single pictures in turn and looks at a strip of the decoded picture without
 * converting it, so that it costs both sides of a comparison the same, and little.
 *
 * - `footage.sample(at)` begins to read pictures, `at` videos at a time; `footage.samples()` gives them and ends it. `same`: the number is that of the
 *   picture whose time it is.
 * - `footage.expect(footages)` begins to wait for each tile to show that footage; `footage.shown()` says when each did (null: not yet), and for how
 *   long each tile had no picture at all meanwhile.
 */
export const frameReader = `window.footage ??= (() => {
  const frameCodeBlocks = ${frameCodeBlocks}, valueBits = frameCodeBlocks / 2, mostFrames = ${mostFrames};
  ${readFrameCode.toString()}
  const utc = (ms) => performance.timeOrigin + ms;
  const rank = (video) => {
    const tile = video.closest('[data-tile]');
    return tile ? Number(tile.dataset.tile) : [...document.querySelectorAll('video')].indexOf(video);
  };
  const onGlass = () => [...document.querySelectorAll('video')].filter((video) => video.checkVisibility());

  async function read(video, mediaTime) {
    const picture = new VideoFrame(video);
    // A page that was held up is told late of a picture, and the next one may be there by then.
    const same = Math.abs(picture.timestamp / 1_000_000 - mediaTime) < 0.002;
    try {
      const planar = picture.format === 'I420' || picture.format === 'NV12';
      const options = { rect: { x: 0, y: 0, width: picture.visibleRect.width, height: ${frameCodeHeight} }, ...(planar ? {} : { format: 'RGBA' }) };
      const bytes = new Uint8Array(picture.allocationSize(options));
      const [{ offset, stride }] = await picture.copyTo(bytes, options);
      const wide = options.rect.width / frameCodeBlocks;
      const code = readFrameCode(Array.from({ length: frameCodeBlocks }, (_, block) =>
        bytes[offset + ${frameCodeHeight / 2} * stride + Math.floor((block + 0.5) * wide) * (planar ? 1 : 4)]));
      return code && { ...code, same };
    } finally {
      picture.close();
    }
  }

  let run = 0, taken = [], turn = 0;
  function sampleNext(own) {
    if (own !== run) return;
    const videos = onGlass();
    const video = videos[turn++ % Math.max(1, videos.length)];
    let over = false;
    const next = () => { if (!over) { over = true; clearTimeout(timer); sampleNext(own); } };
    const timer = setTimeout(next, 1000);
    video?.requestVideoFrameCallback(async (now, { presentationTime, mediaTime }) => {
      if (over || own !== run) return;
      const code = await read(video, mediaTime).catch(() => null);
      if (code) taken.push({ tile: rank(video), ...code, atUtcMs: utc(presentationTime) });
      setTimeout(next, 0);
    });
  }

  let wanted = [], tiles = [], timer, askedMs = 0;
  const bare = (video) => {
    const track = video.srcObject?.getVideoTracks?.()[0];
    return video.readyState < 2 || video.videoWidth === 0 || !track || (track.readyState === 'ended' && !video.paused);
  };
  function follow(video, tile, own) {
    video.requestVideoFrameCallback(async (now, { presentationTime, mediaTime }) => {
      if (own !== wanted || tiles[tile].shownUtcMs !== null) return;
      follow(video, tile, own);
      const code = await read(video, mediaTime).catch(() => null);
      if (own === wanted && code?.footage === wanted[tile]) tiles[tile].shownUtcMs ??= utc(presentationTime);
    });
  }
  // Which videos are on the glass has the page's style reckoned: not each time, for that is much for a page of many elements in the midst of a change.
  const glassEveryMs = 100;
  function look(own, followed) {
    const now = performance.now();
    const seen = new Set();
    const known = [...followed.tiles.keys()];
    if (now - followed.atMs >= glassEveryMs || known.length < own.length || known.some((video) => !video.isConnected)) {
      followed.atMs = now;
      const before = followed.tiles;
      followed.tiles = new Map(onGlass().map((video) => [video, rank(video)]).filter(([, tile]) => tile >= 0 && tile < own.length));
      for (const [video, tile] of followed.tiles) if (!before.has(video)) follow(video, tile, own);
    }
    for (const [video, tile] of followed.tiles) if (!bare(video)) seen.add(tile);
    for (const [tile, one] of tiles.entries()) if (one.shownUtcMs === null && !seen.has(tile)) one.blackMs += now - askedMs;
    askedMs = now;
  }

  return {
    sample(at) { run += 1; taken = []; for (let each = 0; each < at; each += 1) sampleNext(run); },
    samples() { run += 1; return taken; },
    expect(footages) {
      wanted = footages;
      tiles = footages.map(() => ({ shownUtcMs: null, blackMs: 0 }));
      askedMs = performance.now();
      clearInterval(timer);
      const followed = { atMs: -glassEveryMs, tiles: new Map() };
      look(wanted, followed);
      timer = setInterval(look, 10, wanted, followed);
      return utc(askedMs);
    },
    shown() {
      if (tiles.every(({ shownUtcMs }) => shownUtcMs !== null)) clearInterval(timer);
      return tiles;
    },
  };
})(); undefined`;
