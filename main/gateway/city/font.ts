/** Five columns and seven rows a character, as on the displays of instruments; `#` is lit. */
const rows: Readonly<Record<string, string>> = {
  '0': '..#.. .#.#. #...# #...# #...# .#.#. ..#..',
  '1': '..#.. .##.. ..#.. ..#.. ..#.. ..#.. .###.',
  '2': '.###. #...# ....# ...#. ..#.. .#... #####',
  '3': '.###. #...# ....# ..##. ....# #...# .###.',
  '4': '...#. ..##. .#.#. #..#. ##### ...#. ...#.',
  '5': '##### #.... ####. ....# ....# #...# .###.',
  '6': '..##. .#... #.... ####. #...# #...# .###.',
  '7': '##### ....# ...#. ..#.. ..#.. ..#.. ..#..',
  '8': '.###. #...# #...# .###. #...# #...# .###.',
  '9': '.###. #...# #...# .#### ....# ...#. .##..',
  A: '..#.. .#.#. #...# #...# ##### #...# #...#',
  B: '####. #...# #...# ####. #...# #...# ####.',
  C: '.###. #...# #.... #.... #.... #...# .###.',
  D: '####. #...# #...# #...# #...# #...# ####.',
  E: '##### #.... #.... ####. #.... #.... #####',
  F: '##### #.... #.... ####. #.... #.... #....',
  G: '.###. #...# #.... #.### #...# #...# .###.',
  H: '#...# #...# #...# ##### #...# #...# #...#',
  I: '.###. ..#.. ..#.. ..#.. ..#.. ..#.. .###.',
  J: '...## ....# ....# ....# ....# #...# .###.',
  K: '#...# #..#. #.#.. ##... #.#.. #..#. #...#',
  L: '#.... #.... #.... #.... #.... #.... #####',
  M: '#...# ##.## #.#.# #.#.# #...# #...# #...#',
  N: '#...# #...# ##..# #.#.# #..## #...# #...#',
  O: '.###. #...# #...# #...# #...# #...# .###.',
  P: '####. #...# #...# ####. #.... #.... #....',
  Q: '.###. #...# #...# #...# #.#.# #..#. .##.#',
  R: '####. #...# #...# ####. #.#.. #..#. #...#',
  S: '.#### #.... #.... .###. ....# ....# ####.',
  T: '##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..',
  U: '#...# #...# #...# #...# #...# #...# .###.',
  V: '#...# #...# #...# #...# #...# .#.#. ..#..',
  W: '#...# #...# #...# #.#.# #.#.# ##.## #...#',
  X: '#...# #...# .#.#. ..#.. .#.#. #...# #...#',
  Y: '#...# #...# .#.#. ..#.. ..#.. ..#.. ..#..',
  Z: '##### ....# ...#. ..#.. .#... #.... #####',
  '-': '..... ..... ..... .###. ..... ..... .....',
  '+': '..... ..#.. ..#.. ##### ..#.. ..#.. .....',
  ':': '..... ..#.. ..... ..... ..... ..#.. .....',
  '.': '..... ..... ..... ..... ..... ..... ..#..',
  ',': '..... ..... ..... ..... ..... ..#.. .#...',
  '/': '....# ....# ...#. ..#.. .#... #.... #....',
  "'": '..#.. ..#.. ..... ..... ..... ..... .....',
  '(': '...#. ..#.. .#... .#... .#... ..#.. ...#.',
  ')': '.#... ..#.. ...#. ...#. ...#. ..#.. .#...',
  ' ': '..... ..... ..... ..... ..... ..... .....',
};

export const glyphColumns = 5;
export const glyphRows = 7;

/** Whether a dot of a character is lit; unknown characters are empty, small letters are shown as capitals. */
export function dotLit(character: string, column: number, row: number): boolean {
  if (column < 0 || column >= glyphColumns || row < 0 || row >= glyphRows) return false;
  return rows[character.toUpperCase()]?.[row * (glyphColumns + 1) + column] === '#';
}

export interface GlyphMask {
  readonly width: number;
  readonly height: number;
  /** 0 to 255 each: the character itself, and the dark rim that keeps it legible on snow and on night. */
  readonly ink: Uint8Array;
  readonly rim: Uint8Array;
}

/**
 * A character as strokes between neighbouring dots, `pitch` pixels apart, with round ends and soft edges. Looks drawn by
 * a pen rather than built of squares, and a dot is still where the dot was.
 */
export function drawGlyph(character: string, pitch: number): GlyphMask {
  const width = Math.ceil((glyphColumns + 1) * pitch);
  const height = Math.ceil((glyphRows + 1) * pitch);
  const ink = new Uint8Array(width * height);
  const rim = new Uint8Array(width * height);
  const strokes = strokesOf(character);
  const radius = Math.max(0.62, pitch * 0.42);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let distance = Number.POSITIVE_INFINITY;
      for (const [ax, ay, bx, by] of strokes) {
        distance = Math.min(
          distance,
          toSegment(x + 0.5, y + 0.5, (ax + 1) * pitch, (ay + 1) * pitch, (bx + 1) * pitch, (by + 1) * pitch),
        );
      }
      ink[y * width + x] = 255 * Math.min(1, Math.max(0, radius + 0.5 - distance));
      rim[y * width + x] = 200 * Math.min(1, Math.max(0, (radius + 1.9 - distance) / 1.4));
    }
  }
  return { width, height, ink, rim };
}

function strokesOf(character: string): readonly (readonly [number, number, number, number])[] {
  const strokes: [number, number, number, number][] = [];
  for (let y = 0; y < glyphRows; y += 1) {
    for (let x = 0; x < glyphColumns; x += 1) {
      if (!dotLit(character, x, y)) continue;
      strokes.push([x, y, x, y]);
      if (dotLit(character, x + 1, y)) strokes.push([x, y, x + 1, y]);
      if (dotLit(character, x, y + 1)) strokes.push([x, y, x, y + 1]);
      // A diagonal only where no corner joins the two dots already.
      const corner = dotLit(character, x, y + 1);
      if (dotLit(character, x + 1, y + 1) && !corner && !dotLit(character, x + 1, y)) strokes.push([x, y, x + 1, y + 1]);
      if (dotLit(character, x - 1, y + 1) && !corner && !dotLit(character, x - 1, y)) strokes.push([x, y, x - 1, y + 1]);
    }
  }
  return strokes;
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
