import { presetPictureMaxBytes, presetPictureSize } from '../../../core/ptz/preset-picture.ts';
import type { PictureWish } from '../../../core/ptz/ptz.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import type { PtzClient } from './ptz-client.ts';

/** A live picture may be that old: what is taken so long after the camera stood still shows where it stood, ms. */
const afterMs = 2_000;
const lookEveryMs = 1_000;
const quality = 0.7;

/**
 * When a preset was saved, gives main a small picture of it, where this window shows its camera live. Of several windows the first is
 * taken. Ends with the returned function.
 */
export function takePresetPictures(client: Pick<PtzClient, 'watch'>, byAddress: ByAddress, document: Document): () => void {
  const ends = new Map<string, AbortController>();

  function begin({ wish, camera }: PictureWish): void {
    const ending = new AbortController();
    ends.set(wish, ending);
    let timer: ReturnType<typeof setTimeout>;
    const again = (inMs: number): void => {
      if (!ending.signal.aborted) timer = setTimeout(() => void look(), inMs);
    };
    async function look(): Promise<void> {
      const picture = await pictureOf(document, camera, ending.signal);
      if (ending.signal.aborted) return;
      if (picture === null) return again(lookEveryMs);
      // Where main did not take it, the camera has moved, or another window was faster.
      byAddress.put(`/preset-pictures/${wish}`, picture, ending.signal).catch(() => {});
    }
    ending.signal.addEventListener('abort', () => clearTimeout(timer));
    again(afterMs);
  }

  const stop = client.watch('ptz.pictures-wanted', (wanted) => {
    for (const [wish, ending] of ends) {
      if (wanted.some((each) => each.wish === wish)) continue;
      ends.delete(wish);
      ending.abort();
    }
    for (const each of wanted) if (!ends.has(each.wish)) begin(each);
  });
  return () => {
    stop();
    for (const ending of ends.values()) ending.abort();
    ends.clear();
  };
}

/** The next picture that comes on a tile which shows this camera live; null where none does. */
async function pictureOf(document: Document, camera: string, signal: AbortSignal): Promise<Blob | null> {
  const liveVideo = () =>
    document.querySelector<HTMLVideoElement>(`[data-tile][data-verdict="live"][data-shown="${CSS.escape(camera)}"] video`);
  const video = liveVideo();
  if (video === null || !(await nextFrame(video, signal)) || liveVideo() !== video) return null;
  const canvas = document.createElement('canvas');
  const scale = Math.min(presetPictureSize.width / video.videoWidth, presetPictureSize.height / video.videoHeight);
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null || video.videoWidth === 0) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  return picture !== null && picture.size <= presetPictureMaxBytes ? picture : null;
}

/** Whether one came within a second. */
function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const over = (came: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancelled);
      video.cancelVideoFrameCallback(frame);
      resolve(came);
    };
    const cancelled = (): void => over(false);
    const timer = setTimeout(cancelled, lookEveryMs);
    signal.addEventListener('abort', cancelled);
    const frame = video.requestVideoFrameCallback(() => over(true));
  });
}
