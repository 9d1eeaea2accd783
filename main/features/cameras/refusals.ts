import type { RefusedLine } from '../../../core/cameras/cameras.contract.ts';

export interface Refusals {
  add(where: string, reason: string): void;
  /** The first ones. */
  list(): readonly RefusedLine[];
  /** How many there were. */
  total(): number;
}

/** Keeps the first `most` refusals; a file that is wrong throughout says the same thing over and over. */
export function createRefusals(most: number): Refusals {
  const lines: RefusedLine[] = [];
  let total = 0;
  return {
    add(where, reason) {
      total += 1;
      if (lines.length < most) lines.push({ where: where.slice(0, 200), reason: reason.slice(0, 500) });
    },
    list: () => lines,
    total: () => total,
  };
}

/** The refusals as one bounded list that says how many it leaves out. */
export function refusalsInWords(refused: readonly RefusedLine[], total: number): readonly RefusedLine[] {
  return total <= refused.length
    ? refused
    : [...refused, { where: 'and more', reason: `${total - refused.length} more were refused` }];
}
