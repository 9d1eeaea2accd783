import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import { type PcLoad, unknownPcLoad } from '../../../core/streams/pc-load.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessorMeter } from '../../ports/processor-meter.ts';

/** Shorter, and one process that starts looks like a busy PC. */
const leastMs = 2_000;
/** Windows need not hear of every hundredth. */
const steps = 20;

/** What windows share: how many show tiles, and how busy the PC is. */
export interface PcWatch {
  readonly load: Watchable<PcLoad>;
  /** To be called with the windows' last reports, whenever one comes or a window goes. */
  look(reports: Iterable<DisplayTiles>): void;
}

export function createPcWatch(clock: Pick<Clock, 'monotonicMs'>, meter: ProcessorMeter | undefined): PcWatch {
  const load = createCell<PcLoad>(unknownPcLoad);
  let readMs = clock.monotonicMs();
  let busy: number | null = null;
  return {
    load,
    look(reports) {
      const nowMs = clock.monotonicMs();
      if (meter && nowMs - readMs >= leastMs) {
        readMs = nowMs;
        const share = meter.busy();
        busy = share === null ? null : Math.round(share * steps) / steps;
      }
      let windows = 0;
      for (const { tiles } of reports) if (tiles.some(({ state }) => state !== 'hidden' && state !== 'empty')) windows += 1;
      const before = load.current();
      if (before.windows !== windows || before.busy !== busy) load.set({ windows, busy });
    },
  };
}
