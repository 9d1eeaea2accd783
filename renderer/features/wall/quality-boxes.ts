import type { PictureSize } from '../../../core/streams/quality.ts';

/** How large the boxes are that pictures are drawn in, in physical pixels. The browser tells of changes; nobody asks at each turn. */
export interface QualityBoxes {
  of(element: Element): PictureSize | null;
  /** Follows an element until the returned function is called. */
  follow(element: HTMLElement): () => void;
  close(): void;
}

export function createQualityBoxes(pixelRatio: () => number): QualityBoxes {
  const boxes = new Map<Element, { readonly width: number; readonly height: number }>();
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) if (boxes.has(target)) boxes.set(target, contentRect);
  });
  return {
    of(element) {
      const box = boxes.get(element);
      if (!box || box.width === 0 || box.height === 0) return null;
      const ratio = pixelRatio();
      return { width: Math.round(box.width * ratio), height: Math.round(box.height * ratio) };
    },
    follow(element) {
      // Once, where it appears: its first stream is chosen before the browser tells.
      boxes.set(element, { width: element.clientWidth, height: element.clientHeight });
      observer.observe(element);
      return () => {
        observer.unobserve(element);
        boxes.delete(element);
      };
    },
    close() {
      observer.disconnect();
      boxes.clear();
    },
  };
}
