/**
 * The smallest grid for `count` tiles that keeps close to 16:9 tiles on a display of the given size; at least 1 × 1. Where `count` allows it, it
 * has at most `mostCells` cells: a last row that is not full counts too.
 */
export function gridFor(
  count: number,
  display: { width: number; height: number },
  mostCells = Number.POSITIVE_INFINITY,
): { columns: number; rows: number } {
  let best = { columns: 1, rows: Math.max(1, count) };
  let bestArea = 0;
  for (let columns = 1; columns <= Math.min(16, Math.max(1, count)); columns += 1) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    if (rows > 16 || columns * rows > Math.max(mostCells, count)) continue;
    // What a tile's picture really gets, not what its cell measures: 16:9 fitted into the cell.
    const cellWidth = display.width / columns;
    const cellHeight = display.height / rows;
    const pictureWidth = Math.min(cellWidth, (cellHeight * 16) / 9);
    if (pictureWidth > bestArea + 1e-9) {
      bestArea = pictureWidth;
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
