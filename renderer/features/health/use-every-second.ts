import { useEffect, useRef } from 'react';
import { onEverySecond } from '../../ui/ticker.ts';

/** Calls the newest `write` now and once a second: figures are written straight into their elements, without a render. */
export function useEverySecond(write: () => void): void {
  const newest = useRef(write);
  useEffect(() => {
    newest.current = write;
    write();
  }, [write]);
  useEffect(() => onEverySecond(() => newest.current()), []);
}
