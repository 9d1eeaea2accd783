/** The bits of a sequence parameter set behind its NAL unit header; of H.264 and H.265 they are written alike. */
export interface SpsBits {
  skip(count: number): void;
  read(count: number): number;
  /** ue(v): §9.1 of H.264, §9.2 of H.265; of more than 31 leading zeros none is meant. */
  golomb(): number;
  /** se(v), of the same sections. */
  signedGolomb(): number;
  /** Nothing was read that is not there. */
  isWhole(): boolean;
}

export function spsBits(payload: Uint8Array): SpsBits {
  const bytes = withoutEmulation(payload);
  let at = 0;
  const read = (count: number): number => {
    let value = 0;
    for (let left = count; left > 0; left -= 1, at += 1) value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const golomb = (): number => {
    let zeros = 0;
    while (zeros < 32 && read(1) === 0) zeros += 1;
    return 2 ** zeros - 1 + read(zeros);
  };
  return {
    skip(count) {
      at += count;
    },
    read,
    golomb,
    signedGolomb() {
      const code = golomb();
      return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
    },
    isWhole: () => at <= bytes.length * 8,
  };
}

/** Whether a picture may be so large (pixels): what says otherwise was not read rightly. */
export function isPictureSize({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return [width, height].every((value) => value > 0 && value <= 16_384);
}

/** Bytes 0, 0, 3 stand for 0, 0 (§7.4.1 of H.264, §7.4.2 of H.265). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 3 && at >= 2 && bytes[at - 1] === 0 && bytes[at - 2] === 0));
}
