import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';

/** The tile of the target under a press on its picture; null beside it, on its caption, and where a hand moves an enlarged part. */
export function steeredPicture(
  at: EventTarget | null,
  target: PtzTarget | null,
): { readonly tile: HTMLElement; readonly box: DOMRect } | null {
  if (target === null || target.abilities === null || target.enlarged || !(at instanceof Element)) return null;
  const tile = at.closest<HTMLElement>('[data-tile][data-content="camera"]');
  if (tile === null || tile.dataset['tile'] !== String(target.at.tile) || tile.dataset['display'] !== target.at.displayId)
    return null;
  // What was is no picture to point at: the camera may look elsewhere by now.
  if (tile.dataset['rewound'] !== undefined) return null;
  // By its caption a tile is taken and carried elsewhere, as ever.
  if (at.closest('header') !== null) return null;
  const box = (tile.querySelector('video') ?? tile).getBoundingClientRect();
  return box.width > 0 && box.height > 0 ? { tile, box } : null;
}
