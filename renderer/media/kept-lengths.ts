import type { Rings } from './rings.ts';

/** How far back each source is kept, as it was a moment ago. */
export interface KeptLengths {
  /** In ms; 0 where nothing is kept. */
  of(source: string): number;
  /** Measures anew; the answer is there a moment later. One question at a time. */
  look(): void;
}

export function createKeptLengths(rings: Pick<Rings, 'measure'>): KeptLengths {
  let lengths: ReadonlyMap<string, number> = new Map();
  let asking = false;
  return {
    of: (source) => lengths.get(source) ?? 0,
    look() {
      if (asking) return;
      asking = true;
      rings
        .measure()
        .then(({ rings: all, nowMs }) => {
          lengths = new Map(all.map(({ source, fromMs, groups }) => [source, groups === 0 ? 0 : nowMs - fromMs]));
        })
        .catch(() => {
          lengths = new Map();
        })
        .finally(() => {
          asking = false;
        });
    },
  };
}
