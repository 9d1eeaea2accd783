/** The most a still may have: a picture of 4K as PNG may have more. */
const mostBytes = 15 * 1024 * 1024;

/** What a video, or a canvas over one, shows now, in the stream's full size: PNG, or JPEG where that is too large. Null where it shows nothing. */
export async function videoPicture(source: HTMLVideoElement | HTMLCanvasElement): Promise<Blob | null> {
  const isVideo = source instanceof HTMLVideoElement;
  const canvas = document.createElement('canvas');
  canvas.width = isVideo ? source.videoWidth : source.width;
  canvas.height = isVideo ? source.videoHeight : source.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context || canvas.width === 0) return null;
  context.drawImage(source, 0, 0);
  const file = (type: string) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.95));
  const exact = await file('image/png');
  return exact && exact.size <= mostBytes ? exact : file('image/jpeg');
}
