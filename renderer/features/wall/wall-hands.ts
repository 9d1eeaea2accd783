import { type RefObject, useEffect, useRef } from 'react';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { TilePlace, WallChange } from '../../../core/wall/wall-change.ts';
import { makeDraggable, makeDropPlace } from '../../ui/drop-place.ts';
import { changeWall } from './change-wall.ts';
import type { WallClient } from './wall-client.ts';
import { createZoomHands, type ZoomHands } from './zoom-hands.ts';

/** What hands can do on a wall: one object per wall, the same as long as the wall is mounted. */
export interface WallHands {
  readonly zoom: ZoomHands;
  change(change: WallChange): void;
}

interface TileUnderHands {
  readonly slot: number;
  readonly displayId: string;
  readonly tile: ShownTile;
  readonly label: string;
}

/** The hands of a wall, on this line to main. */
export function createWallHands(client: Pick<WallClient, 'call'>): WallHands {
  return {
    zoom: createZoomHands(async (at, zoom) => {
      if (!(await changeWall(client, { type: 'zoom', at, zoom }))) throw new Error('the zoom was not taken');
    }),
    change: (change) => void changeWall(client, change),
  };
}

/** Lets a tile be dragged and dropped on, and its picture be enlarged and moved. */
export function useTileHands(hands: WallHands, section: RefObject<HTMLElement | null>, under: TileUnderHands): void {
  const { slot, displayId, tile } = under;
  const newest = useRef(under);
  useEffect(() => {
    newest.current = under;
  });
  useEffect(() => {
    const element = section.current;
    if (!element) return;
    const at: TilePlace = { displayId, tile: slot };
    const read = () => {
      const { tile: shown, label } = newest.current;
      // A picture that is enlarged is moved by the same movement; what is pinned stays.
      if (shown.content.kind === 'empty' || shown.pinned || hands.zoom.isZoomed(slot)) return null;
      return { kind: 'tile' as const, at, label };
    };
    const stops = [
      makeDraggable(element, read),
      makeDropPlace(
        element,
        at,
        (change) => hands.change(change),
        () => newest.current.tile.pinned,
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [hands, section, displayId, slot]);

  const { content, zoom } = tile;
  useEffect(
    () => hands.zoom.tell({ displayId, tile: slot }, zoom, contentName(content)),
    [hands, displayId, slot, zoom, content],
  );
}

/** Says the same of equal contents. */
function contentName(content: ShownTile['content']): string {
  return content.kind === 'camera' ? content.camera : content.kind;
}
