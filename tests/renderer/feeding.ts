import type { RingLimits } from '../../core/rewind/ring-rules.ts';
import { createRingStore } from '../../renderer/media/ring-store.ts';

const format = { mimeType: 'video/H264', width: 640, height: 360 };
const everyMs = 100;
const groupLength = 10;
const sweepMs = 5_000;

/** Rings with a clock of their own, and cameras of 10 pictures a second and a key picture each second. */
export function feeding(limits: RingLimits, firstTicks = 0) {
  const store = createRingStore(limits);
  let nowMs = 0;
  let sent = 0;

  function input(key: boolean, bytes: number) {
    const data = new Uint8Array(bytes).fill((sent += 1)).buffer;
    return { data, rtpTimestamp: (firstTicks + nowMs * 90) >>> 0, key: key ? format : null, arrivedMs: nowMs };
  }
  return {
    store,
    nowMs: () => nowMs,
    /** Pictures of `source` for `ms`. */
    run(line: number, source: string, ms: number, { bytes = 500 } = {}) {
      return Array.from({ length: ms / everyMs }, (_, at) => {
        const picture = input(at % groupLength === 0, bytes);
        store.put(line, source, picture);
        nowMs += everyMs;
        return picture;
      });
    },
    /** One picture; the next one comes 100 ms later. */
    put(line: number, source: string, key: boolean, bytes = 500) {
      const answer = store.put(line, source, input(key, bytes));
      if (firstTicks > 0) nowMs += everyMs;
      return answer;
    },
    passMs(ms: number) {
      for (const untilMs = nowMs + ms; nowMs < untilMs; nowMs = Math.min(untilMs, nowMs + sweepMs)) store.sweep(nowMs);
      store.sweep(nowMs);
    },
  };
}

export const bytesOf = (data: ArrayBuffer | undefined): number[] => [...new Uint8Array(data ?? new ArrayBuffer(0))];
