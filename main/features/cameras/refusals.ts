import type { RefusedLine } from '../../../core/cameras/cameras.contract.ts';

/** Most refusals that are told one by one; a file that is wrong throughout says the same thing over and over. */
export const refusalsMax = 200;

export interface Refusals {
  add(where: string, reason: string): void;
  /** The first ones, and how many more there were. */
  list(): readonly RefusedLine[];
}

export function createRefusals(): Refusals {
  const lines: RefusedLine[] = [];
  let more = 0;
  return {
    add(where, reason) {
      if (lines.length >= refusalsMax) more++;
      else lines.push({ where: where.slice(0, 200), reason: reason.slice(0, 500) });
    },
    list: () => (more === 0 ? lines : [...lines, { where: 'and more', reason: `${more} more were refused` }]),
  };
}
