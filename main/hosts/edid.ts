import { createHash } from 'node:crypto';

const baseBytes = 128;
const header = Buffer.from('00ffffffffffff00', 'hex');
/** Where the four descriptors of the base block begin, and how long each is. */
const descriptorsAt = [54, 72, 90, 108];
const descriptorBytes = 18;
const nameTag = 0xfc;

export interface EdidFacts {
  /** The first 64 bits of the SHA-256 of the base block, as hexadecimal. */
  readonly digest: string;
  /** What the maker calls it, for example `DELL U2415`; null where it says nothing. */
  readonly name: string | null;
}

/**
 * What a display says of itself (VESA E-EDID 1.4: header, checksum, display product name in a descriptor with tag 0xFC). Only the
 * base block counts: it holds maker, product and serial number, while extension blocks are left out by some readings.
 * Null where the text is not hexadecimal, too short, or damaged: a wrong identity is worse than none.
 */
export function readEdid(hex: string): EdidFacts | null {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) return null;
  const base = Buffer.from(hex, 'hex').subarray(0, baseBytes);
  if (base.length < baseBytes || !base.subarray(0, header.length).equals(header)) return null;
  if (base.reduce((sum, byte) => sum + byte, 0) % 256 !== 0) return null;
  return { digest: createHash('sha256').update(base).digest('hex').slice(0, 16), name: nameIn(base) };
}

function nameIn(base: Buffer): string | null {
  for (const at of descriptorsAt) {
    const descriptor = base.subarray(at, at + descriptorBytes);
    // A descriptor that begins with two zeros is text or limits, not a timing.
    if (descriptor[0] !== 0 || descriptor[1] !== 0 || descriptor[3] !== nameTag) continue;
    // The text ends with a line feed and is padded with spaces; what is not printable is a fault of the maker.
    const text = descriptor.subarray(5).toString('latin1').split('\n')[0] ?? '';
    const name = text.replaceAll(/[^\x20-\x7e]/g, '').trim();
    if (name !== '') return name;
  }
  return null;
}
