import { cpus } from 'node:os';
import type { ProcessorMeter } from '../ports/processor-meter.ts';

interface Spent {
  readonly busy: number;
  readonly idle: number;
}

/** @param read what all cores together have spent since the PC started (ms) */
export function createProcessorMeter(read: () => Spent = spent): ProcessorMeter {
  let before = read();
  return {
    busy() {
      const now = read();
      const busy = now.busy - before.busy;
      const all = busy + now.idle - before.idle;
      before = now;
      // Where the system tells nothing, everything stays 0.
      return all > 0 ? Math.min(1, Math.max(0, busy / all)) : null;
    },
  };
}

function spent(): Spent {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, idle };
}
