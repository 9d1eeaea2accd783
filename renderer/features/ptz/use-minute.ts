import { useEffect, useState } from 'react';
import { onEverySecond } from '../../ui/ticker.ts';

/** The time by the clock on the wall, UTC ms; drawn anew once in ten seconds, which is enough for minutes. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => onEverySecond(() => setNow((before) => (Math.abs(Date.now() - before) >= 10_000 ? Date.now() : before))), []);
  return now;
}
