import { type RefObject, useEffect, useState } from 'react';

/** The wall's width in heights of its window; it changes only when the window or what stands beside the wall does. */
export function useWallWidth(wall: RefObject<HTMLElement | null>, mounted: boolean): number {
  const [width, setWidth] = useState(16 / 9);
  useEffect(() => {
    const { current } = wall;
    if (!mounted || !current) return;
    const observer = new ResizeObserver(() => {
      // To a hundredth: what is decided by it does not hang on a pixel.
      if (window.innerHeight > 0) setWidth(Math.round((current.clientWidth / window.innerHeight) * 100) / 100);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [wall, mounted]);
  return width;
}
