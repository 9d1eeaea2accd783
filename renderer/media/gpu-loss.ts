/** A canvas that nobody holds would be collected, and with it its listeners. */
const watched = new Set<HTMLCanvasElement>();

/**
 * Calls `listener` when the GPU process of this browser died, and when there is another one. A page is told by its canvases alone, which lose their contents
 * with that process (HTML, `contextlost`), also where they are drawn in software there: one of a single pixel, in no document, is enough.
 */
export function watchGpuLoss(document: Pick<Document, 'createElement'>, listener: () => void): void {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  // What was never drawn into has nothing to lose.
  const draw = () => canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  draw();
  watched.add(canvas);
  canvas.addEventListener('contextlost', listener);
  canvas.addEventListener('contextrestored', () => {
    draw();
    listener();
  });
}
