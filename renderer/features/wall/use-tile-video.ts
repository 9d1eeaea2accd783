import { type RefObject, useLayoutEffect, useRef } from 'react';
import styles from './tile.module.css';

/**
 * The tile's `<video>`, put first into `place`, as long as the tile is mounted. Not by JSX: React listens to two dozen events of every video that it makes, and one of them
 * comes four times a second.
 */
export function useTileVideo(): {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
} {
  const place = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const made = document.createElement('video');
    made.className = styles.video ?? '';
    made.tabIndex = -1;
    Object.assign(made, { muted: true, autoplay: true, playsInline: true, disablePictureInPicture: true });
    place.current?.prepend(made);
    video.current = made;
    return () => {
      made.remove();
      video.current = null;
    };
  }, []);
  return { place, video };
}
