/** Numbers that look random and are the same for the same seed: a Lehmer generator (Park and Miller 1988, multiplier 48271). */
export interface SeededRandom {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

const modulus = 2_147_483_647;

export function createSeededRandom(seed: number): SeededRandom {
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1;
  const next = () => {
    state = (state * 48_271) % modulus;
    return (state - 1) / (modulus - 1);
  };
  // The first numbers of neighbouring seeds are neighbours.
  for (let turn = 0; turn < 8; turn++) next();
  return {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}
