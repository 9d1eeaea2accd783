/** What a tile's caption takes of the display's height: type of 1/80 of it, with some air. */
const captionOfHeight = 1 / 36;

/**
 * The smallest grid for `count` tiles that keeps close to 16:9 tiles on a display of the given size; at least 1 × 1. Where `count` allows it, it
 * has at most `mostCells` cells: a last row that is not full counts too. Where two grids give pictures of one size (3 × 2 and 2 × 3 on a wide
 * display), it is the one whose captions lie beside the pictures and take nothing from them.
 */
export function gridFor(
  count: number,
  display: { width: number; height: number },
  mostCells = Number.POSITIVE_INFINITY,
): { columns: number; rows: number } {
  let best = { columns: 1, rows: Math.max(1, count) };
  let bestWidth = 0;
  let bestUnderCaption = 0;
  for (let columns = 1; columns <= Math.min(16, Math.max(1, count)); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    if (rows > 16 || columns * rows > Math.max(mostCells, count)) continue;
    // What a tile's picture really gets, not what its cell measures: 16:9 fitted into the cell.
    const cellWidth = display.width / columns;
    const cellHeight = display.height / rows;
    const fitted = (height: number) => Math.min(cellWidth, (height * 16) / 9);
    const pictureWidth = fitted(cellHeight);
    const underCaption = fitted(cellHeight - display.height * captionOfHeight);
    const isAsLarge = Math.abs(pictureWidth - bestWidth) <= 1e-9;
    if (isAsLarge ? underCaption > bestUnderCaption + 1e-9 : pictureWidth > bestWidth) {
      bestWidth = pictureWidth;
      bestUnderCaption = underCaption;
      best = { columns, rows };
    }
  }
  return best;
}

/**
 * Deals `items` out to `displays` places in order, as evenly as their number allows (16 over 3: 6, 5, 5). Neighbours stay
 * neighbours.
 */
export function deal<T>(items: readonly T[], displays: number): T[][] {
  const hands: T[][] = [];
  let from = 0;
  for (let hand = 0; hand < displays; hand += 1) {
    const size = Math.floor(items.length / displays) + (hand < items.length % displays ? 1 : 0);
    hands.push(items.slice(from, from + size));
    from += size;
  }
  return hands;
}
