export interface AvcConfiguration {
  /** How many bytes the length before each NAL unit has. */
  readonly lengthBytes: number;
  /** Sequence parameter sets, then picture parameter sets. */
  readonly parameterSets: readonly Buffer[];
}

/** Reads an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). Throws, in words, at one that is cut short. */
export function parseAvcConfiguration(record: Buffer): AvcConfiguration {
  const parameterSets: Buffer[] = [];
  let at = 5;
  const byte = (): number => {
    const value = record[at];
    if (value === undefined) throw new Error('the H.264 configuration is cut short');
    at += 1;
    return value;
  };
  const sets = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      const length = byte() * 256 + byte();
      if (at + length > record.length) throw new Error('a parameter set is cut short');
      parameterSets.push(record.subarray(at, at + length));
      at += length;
    }
  };
  if (record.length < 7 || record[0] !== 1) throw new Error('the H.264 configuration has an unknown version');
  sets(byte() & 0x1f);
  sets(byte());
  return { lengthBytes: ((record[4] ?? 0) & 3) + 1, parameterSets };
}
