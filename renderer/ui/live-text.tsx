import { useLayoutEffect, useRef } from 'react';
import { onEverySecond } from './ticker.ts';

/** A text that is read anew every second and written straight into its element: no render, whatever the number of clocks. */
export function LiveText({ read, className }: { readonly read: () => string; readonly className?: string | undefined }) {
  const element = useRef<HTMLSpanElement>(null);
  // Before the first paint: nothing is to be seen without its age.
  useLayoutEffect(() => {
    const write = () => {
      const text = read();
      if (element.current && element.current.textContent !== text) element.current.textContent = text;
    };
    write();
    return onEverySecond(write);
  }, [read]);
  return <span ref={element} className={className} />;
}
