import { type RefObject, useEffect } from 'react';

const restMs = 3_000;

/** Hides the cursor over an element once it has not moved for 3 s, and shows it with the first movement. */
export function useHiddenCursor(element: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const { current } = element;
    if (!active || !current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => current.toggleAttribute('data-cursor-hidden', true);
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, restMs);
      // Chromium tells of a movement also when only the cursor's look changed; that must not show it again.
      if (current.hasAttribute('data-cursor-hidden')) current.removeAttribute('data-cursor-hidden');
    };
    let last = { x: Number.NaN, y: Number.NaN };
    const onMove = ({ screenX: x, screenY: y }: PointerEvent) => {
      if (x === last.x && y === last.y) return;
      last = { x, y };
      moved();
    };
    moved();
    current.addEventListener('pointermove', onMove);
    return () => {
      clearTimeout(timer);
      current.removeEventListener('pointermove', onMove);
      current.removeAttribute('data-cursor-hidden');
    };
  }, [element, active]);
}
