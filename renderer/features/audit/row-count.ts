/** How a row begins in either format: its number. */
const rowBegin = /^(?:\{"row":)?(\d+),/;

/**
 * Counts the rows of an export as its pieces come; rows come from the newest down to the first, so the number of the last one says how far it is. It looks at the bytes of line
 * ends only, and at the text of one line a piece.
 */
export function createRowCount(): (piece: Uint8Array) => { readonly rows: number; readonly percent: number } {
  const decoder = new TextDecoder();
  let lines = 0;
  let newest: number | null = null;
  let last = 0;
  return (piece) => {
    let begin = -1;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
      lines += 1;
      const number = newest === null ? numberAt(at + 1) : null;
      newest ??= number;
      begin = at;
    }
    // The first line of the piece where none ends in it.
    last = numberAt(begin < 0 ? 0 : begin + 1) ?? last;
    if (newest !== null && last === 0) last = newest;
    // The line before the rows is not one.
    return { rows: Math.max(0, lines - 1), percent: newest === null ? 0 : Math.floor((1 - (last - 1) / newest) * 100) };

    function numberAt(from: number): number | null {
      const found = rowBegin.exec(decoder.decode(piece.subarray(from, from + 24)))?.[1];
      return found === undefined ? null : Number(found);
    }
  };
}
