/** What is written below a still. */
export interface StillCaption {
  /** Number and name of the camera. */
  readonly camera: string;
  /** Day and time, in words. */
  readonly taken: string;
}

/** Of the picture's height, and at least so many pixels: it has to be read on paper, too. */
const stripShare = 0.06;
const leastStrip = 24;
/** Of the strip. */
const typeShare = 0.56;
const marginShare = 0.5;

/** A picture with a strip below it that says of which camera it is and when it was taken; in the picture itself nothing is changed. PNG; null where none can be made. */
export async function captionedStill(picture: Blob, { camera, taken }: StillCaption): Promise<Blob | null> {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const strip = Math.max(leastStrip, Math.round(height * stripShare));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height + strip;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return null;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const style = getComputedStyle(document.documentElement);
  const margin = strip * marginShare;
  context.fillStyle = '#0b0d0f';
  context.fillRect(0, height, width, strip);
  context.fillStyle = '#e6e8ea';
  context.font = `600 ${Math.round(strip * typeShare)}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  const middle = height + strip / 2;
  // The time keeps its place whatever a name is written in; a long name is squeezed, never cut.
  context.direction = 'ltr';
  context.textAlign = 'right';
  context.fillText(taken, width - margin, middle);
  const room = width - 3 * margin - context.measureText(taken).width;
  context.textAlign = 'left';
  if (room > 0) context.fillText(camera, margin, middle, room);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
