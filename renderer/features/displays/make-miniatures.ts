import type { ByAddress } from '../../media/by-address.ts';
import type { DisplaysClient } from './displays-client.ts';
import { createMiniaturePainter } from './miniature-painter.ts';

const everyMs = 1_000;
const quality = 0.6;

/**
 * While some console wants it, draws what this window's wall shows into a miniature about once a second and gives it to main. The tiles are
 * drawn one after the other over the second, so that no picture on the glass has to wait for 64 others. Ends with the returned function.
 */
export function makeMiniatures(client: DisplaysClient, byAddress: ByAddress, document: Document): () => void {
  const painter = createMiniaturePainter(document);
  if (!painter) return () => {};
  const { canvas, begin, draw } = painter;
  const ending = new AbortController();
  let displayId: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const wallOf = () => document.querySelector<HTMLElement>('[data-wall]');

  function round(): void {
    const wall = wallOf();
    if (displayId === null) return;
    if (!wall || document.hidden || wall.clientWidth === 0) return next(everyMs);
    const tiles = begin(wall);
    step(wall, tiles, 0);
  }
  function step(wall: HTMLElement, tiles: readonly HTMLElement[], index: number): void {
    const tile = tiles[index];
    if (!tile) return send(everyMs / Math.max(1, tiles.length));
    // A tile that a new layout took away meanwhile is drawn in the next round.
    if (tile.isConnected && tile.dataset['tile'] !== undefined) draw(wall, tile);
    timer = setTimeout(() => step(wall, tiles, index + 1), everyMs / (tiles.length + 1));
  }
  function send(restMs: number): void {
    const path = `/miniatures/${encodeURIComponent(displayId ?? '')}`;
    canvas.toBlob(
      (picture) => {
        if (picture === null || ending.signal.aborted) return next(everyMs);
        // One at a time: a slow main gets fewer, not older ones. A miniature that did not arrive is followed by the next.
        byAddress
          .put(path, picture, ending.signal)
          .catch(() => {})
          .finally(() => next(restMs));
      },
      'image/jpeg',
      quality,
    );
  }
  function next(afterMs: number): void {
    clearTimeout(timer);
    if (displayId !== null && !ending.signal.aborted) timer = setTimeout(round, afterMs);
  }

  const stop = client.watch('displays.window', ({ kind, displayId: own, miniatures }) => {
    const wanted = miniatures && kind !== 'console' ? own : null;
    const idle = displayId === null;
    displayId = wanted;
    if (wanted === null) clearTimeout(timer);
    else if (idle) next(0);
  });
  return () => {
    ending.abort();
    displayId = null;
    clearTimeout(timer);
    stop();
  };
}
