import { drawFigure, type Figure, figureKey } from './cast.ts';
import type { Sprite } from './sprite.ts';
import type { SpriteLight } from './sprite-maker.ts';

/** Where a scene's sprites come from; null for what is too large to be drawn or never seen. */
export interface SpriteStore {
  spriteFor(figure: Figure): Sprite | null;
}

const maxBytes = 14_000_000;

/** Makes each sprite when it is first needed and keeps the last 14 MB of them. */
export function createSpriteStore(light: SpriteLight): SpriteStore {
  const kept = new Map<number, Sprite | null>();
  let bytes = 0;
  return {
    spriteFor(figure) {
      const key = figureKey(figure);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const sprite = drawFigure(light, figure);
      kept.set(key, sprite);
      bytes += sizeOf(sprite);
      for (const [oldest, old] of kept) {
        if (bytes <= maxBytes) break;
        kept.delete(oldest);
        bytes -= sizeOf(old);
      }
      return sprite;
    },
  };
}

function sizeOf(sprite: Sprite | null): number {
  if (sprite === null) return 100;
  return sprite.pixels.byteLength + sprite.colours.byteLength + sprite.height * 12 + 700;
}
