import type { DigitalZoom } from '../../../core/wall/tile-content.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { type PicturePoint, panBy, zoomAbout, zoomTransform } from './digital-zoom.ts';

/** Main hears of a zoom that goes on at most this often. */
const sendEveryMs = 150;
/** So long after a hand's last movement what main tells is not drawn: it is older than what the hand did. */
const handRestMs = 600;
/** Of one notch of a wheel (100 px in Chromium). */
const notchFactor = 1.25;

/** Digital zoom and pan by hand on one wall. It draws by itself and at once: no render, no way to main and back. */
export interface ZoomHands {
  /** What main says of a tile. `content` changes when the tile shows something else: then nothing of a hand is kept. */
  tell(at: TilePlace, zoom: DigitalZoom | null, content: string): void;
  isZoomed(tile: number): boolean;
  /** Listens on the wall until the returned function is called. */
  attach(wall: HTMLElement): () => void;
}

interface Held {
  displayId: string;
  told: DigitalZoom | null;
  /** What the hand made of it; undefined while no hand is on it. */
  own: DigitalZoom | null | undefined;
  content: string;
  send: ReturnType<typeof setTimeout> | undefined;
  rest: ReturnType<typeof setTimeout> | undefined;
}

/** `send` tells main and rejects where main did not take it. */
export function createZoomHands(send: (at: TilePlace, zoom: DigitalZoom | null) => Promise<void>): ZoomHands {
  const tiles = new Map<number, Held>();
  let wall: HTMLElement | null = null;

  function held(tile: number): Held {
    const known = tiles.get(tile);
    if (known) return known;
    const made: Held = { displayId: '', told: null, own: undefined, content: '', send: undefined, rest: undefined };
    tiles.set(tile, made);
    return made;
  }
  const zoomOf = (tile: number): DigitalZoom | null => {
    const known = tiles.get(tile);
    return known?.own === undefined ? (known?.told ?? null) : known.own;
  };

  function draw(tile: number): void {
    const video = wall?.querySelector<HTMLElement>(`[data-tile="${tile}"] video`);
    if (!video) return;
    const zoom = zoomOf(tile);
    const around = video.parentElement;
    // Whatever picture is in the box, the live one or the one that was: who looks back sees the same part of it.
    if (zoom) around?.style.setProperty('--zoom', zoomTransform(zoom));
    else around?.style.removeProperty('--zoom');
    // The box clips only while it must: a clipped picture costs a surface of its own.
    around?.toggleAttribute('data-zoomed', zoom !== null);
  }

  function letGo(tile: number): void {
    const known = held(tile);
    clearTimeout(known.send);
    clearTimeout(known.rest);
    known.send = undefined;
    known.own = undefined;
    draw(tile);
  }

  function change(tile: number, zoom: DigitalZoom | null): void {
    const known = held(tile);
    known.own = zoom;
    draw(tile);
    clearTimeout(known.rest);
    known.rest = setTimeout(() => letGo(tile), handRestMs);
    known.send ??= setTimeout(() => {
      known.send = undefined;
      if (known.own !== undefined) send({ displayId: known.displayId, tile }, known.own).catch(() => letGo(tile));
    }, sendEveryMs);
  }

  function attach(element: HTMLElement): () => void {
    wall = element;
    for (const tile of tiles.keys()) draw(tile);
    let panning: { readonly tile: number; readonly pointerId: number; x: number; y: number } | null = null;

    function onWheel(event: WheelEvent): void {
      if (!event.ctrlKey) return;
      // Else the browser enlarges the whole page.
      event.preventDefault();
      const found = pictureAt(event.target);
      if (!found) return;
      const at = pointOf(event, found.box);
      change(found.tile, zoomAbout(zoomOf(found.tile), at, notchFactor ** (-event.deltaY / 100)));
    }
    function onDown(event: PointerEvent): void {
      const found = event.button === 0 ? pictureAt(event.target) : null;
      if (!found || zoomOf(found.tile) === null) return;
      panning = { tile: found.tile, pointerId: event.pointerId, x: event.clientX, y: event.clientY };
      element.setPointerCapture(event.pointerId);
    }
    function onMove(event: PointerEvent): void {
      if (panning?.pointerId !== event.pointerId) return;
      const box = boxOf(panning.tile);
      if (!box) return;
      const dx = (event.clientX - panning.x) / box.width;
      const dy = (event.clientY - panning.y) / box.height;
      panning.x = event.clientX;
      panning.y = event.clientY;
      if (dx !== 0 || dy !== 0) change(panning.tile, panBy(zoomOf(panning.tile), dx, dy));
    }
    function onUp(event: PointerEvent): void {
      if (panning?.pointerId === event.pointerId) panning = null;
    }

    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      for (const tile of tiles.keys()) letGo(tile);
      wall = null;
    };
  }

  function boxOf(tile: number): DOMRect | null {
    // Of a rewound tile the picture that was; the video beside it is small then.
    const place = wall?.querySelector<HTMLElement>(`[data-tile="${tile}"]`);
    const picture = place?.querySelector<HTMLElement>('[data-rewound-canvas]') ?? place?.querySelector<HTMLElement>('video');
    const around = place?.querySelector('video')?.parentElement?.getBoundingClientRect();
    // The layout's box: that of the picture itself is moved by the zoom.
    return picture && around
      ? new DOMRect(around.x + picture.offsetLeft, around.y + picture.offsetTop, picture.offsetWidth, picture.offsetHeight)
      : null;
  }
  function pictureAt(target: EventTarget | null): { readonly tile: number; readonly box: DOMRect } | null {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-content="camera"]') : null;
    const tile = Number(element?.dataset['tile'] ?? Number.NaN);
    const box = Number.isInteger(tile) ? boxOf(tile) : null;
    return box && box.width > 0 && box.height > 0 ? { tile, box } : null;
  }

  return {
    tell({ displayId, tile }, zoom, content) {
      const known = held(tile);
      known.told = zoom;
      if (known.content !== content || known.displayId !== displayId) {
        known.displayId = displayId;
        known.content = content;
        return letGo(tile);
      }
      if (known.own === undefined) draw(tile);
    },
    isZoomed: (tile) => zoomOf(tile) !== null,
    attach,
  };
}

const within = (value: number) => Math.min(1, Math.max(0, value));
const pointOf = (event: MouseEvent, box: DOMRect): PicturePoint => ({
  x: within((event.clientX - box.x) / box.width),
  y: within((event.clientY - box.y) / box.height),
});
