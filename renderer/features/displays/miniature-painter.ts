/** The longer side of a miniature, in pixels: small enough to be sent every second, large enough to work on when it is shown large. */
export const miniatureLength = 768;

/** Draws the wall of this window, as it stands in the page, tile by tile into one small picture. Nothing is decoded for it. */
export interface MiniaturePainter {
  readonly canvas: HTMLCanvasElement;
  /** Takes the wall's present shape and what is behind its tiles; returns the tiles that are to be drawn. */
  begin(wall: HTMLElement): readonly HTMLElement[];
  draw(wall: HTMLElement, tile: HTMLElement): void;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Null where the browser has no canvas to give. */
export function createMiniaturePainter(document: Document): MiniaturePainter | null {
  const canvas = document.createElement('canvas');
  const made = canvas.getContext('2d', { alpha: false });
  if (!made) return null;
  const context = made;
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function boxOf(wall: HTMLElement, element: Element): Box {
    const outer = wall.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    const scale = canvas.width / outer.width;
    const x = Math.round((inner.x - outer.x) * scale);
    const y = Math.round((inner.y - outer.y) * scale);
    const right = Math.round((inner.right - outer.x) * scale);
    const bottom = Math.round((inner.bottom - outer.y) * scale);
    return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
  }

  function clipped(box: Box, draw: () => void): void {
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    draw();
    context.restore();
  }

  function mark({ x, y, width, height }: Box, tone: string | undefined): void {
    const line = tone === 'attention' || tone === 'danger' ? colour(tone) : '';
    if (line === '') return;
    context.strokeStyle = line;
    context.lineWidth = 2;
    context.strokeRect(x + 1, y + 1, width - 2, height - 2);
    // A shape besides the colour.
    const arm = Math.min(width, height) * 0.16;
    context.beginPath();
    context.moveTo(x + width / 2 - arm, y + height / 2 - arm);
    context.lineTo(x + width / 2 + arm, y + height / 2 + arm);
    context.moveTo(x + width / 2 + arm, y + height / 2 - arm);
    context.lineTo(x + width / 2 - arm, y + height / 2 + arm);
    context.stroke();
  }

  function writing(box: Box, text: string): void {
    const size = Math.max(7, Math.min(box.height * 0.22, (box.width * 1.6) / Math.max(4, text.length)));
    context.fillStyle = colour('text');
    context.font = `600 ${size}px ${colour('sans') || 'sans-serif'}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text.slice(0, 60), box.x + box.width / 2, box.y + box.height / 2, box.width - 4);
  }

  return {
    canvas,
    begin(wall) {
      const { width, height } = wall.getBoundingClientRect();
      const scale = miniatureLength / Math.max(1, width, height);
      const wide = Math.max(1, Math.round(width * scale));
      const tall = Math.max(1, Math.round(height * scale));
      if (canvas.width !== wide || canvas.height !== tall) {
        canvas.width = wide;
        canvas.height = tall;
      }
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (wall.dataset['blank'] !== undefined) return [];
      return [...wall.querySelectorAll<HTMLElement>('[data-tile]:not([data-behind])')];
    },
    draw(wall, tile) {
      const box = boxOf(wall, tile);
      const { content, state, tone } = tile.dataset;
      context.fillStyle = colour('surface-1');
      context.fillRect(box.x, box.y, box.width, box.height);
      if (content === 'text') return clipped(box, () => writing(box, tile.textContent?.trim() ?? ''));
      const rewound = tile.querySelector<HTMLCanvasElement>('[data-rewound-canvas]');
      // What a tile shows of a camera that it waits for hides its video.
      const over = rewound ?? tile.querySelector<HTMLCanvasElement>('[data-aged-canvas]');
      const picture = content === 'still' ? tile.querySelector('img') : (over ?? tile.querySelector('video'));
      if (!picture || (content !== 'still' && content !== 'camera')) return;
      const place = over ? fitted(boxOf(wall, over), over) : boxOf(wall, picture);
      const dark = content === 'camera' && state !== 'live' && !rewound;
      clipped(box, () => {
        if (dark) context.filter = 'grayscale(1) brightness(0.42)';
        // Before its first picture a video has none to draw, and draws none.
        context.drawImage(picture, place.x, place.y, place.width, place.height);
      });
      if (dark || rewound) mark(box, tone);
    },
  };
}

/** The part of a box that a canvas's own shape fills. */
function fitted(box: Box, canvas: HTMLCanvasElement): Box {
  const scale = Math.min(box.width / Math.max(1, canvas.width), box.height / Math.max(1, canvas.height));
  const [width, height] = [canvas.width * scale, canvas.height * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}
