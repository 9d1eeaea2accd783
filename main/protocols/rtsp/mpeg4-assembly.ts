import type { ForeignAssembly, OnForeignPicture } from './foreign-assembly.ts';
import { maxUnitBytes } from './fragments.ts';

const startCode = Buffer.from([0, 0, 1]);
const maxConfigurationBytes = 16 * 1024;
const visualObjectSequence = 0xb0;
const userData = 0xb2;
const groupOfPlanes = 0xb3;
const videoObjectPlane = 0xb6;

/**
 * MPEG-4 Visual pictures out of RTP (RFC 6416 §5): the payloads of one timestamp, up to the marker. The description's configuration
 * is put in front of every key picture that does not carry its own. After anything missing, nothing leaves before the next key picture.
 */
export function createMpeg4Assembly(configuration: Buffer | null, onPicture: OnForeignPicture): ForeignAssembly {
  let known: Buffer | null = null;
  let layout = '';
  let pieces: Buffer[] = [];
  let bytes = 0;
  let openTimestamp: number | null = null;
  let torn = false;
  let waitingForKey = true;
  let begun = false;
  let dropped = 0;

  if (configuration !== null) learn(inspect(configuration).configuration);

  function reset(): void {
    pieces = [];
    bytes = 0;
    openTimestamp = null;
    torn = false;
  }

  function learn(configuration: Buffer | null): void {
    if (configuration === null || configuration.length > maxConfigurationBytes || known?.equals(configuration)) return;
    // A copy: it outlives its picture.
    known = Buffer.from(configuration);
    layout = objectLayer(known) ?? layout;
  }

  function lose(): void {
    waitingForKey = true;
    if (begun) dropped += 1;
  }

  function finish(rtpTimestamp: number): void {
    const picture = Buffer.concat(pieces, bytes);
    const whole = !torn;
    reset();
    const found = whole ? inspect(picture) : null;
    if (found?.kind === 'none') {
      // A configuration may travel alone, and the description may have none.
      learn(found.configuration);
      return;
    }
    if (found === null || (waitingForKey && found.kind !== 'key')) return lose();
    const key = found.kind === 'key';
    waitingForKey = false;
    begun = true;
    const missing = key && found.configuration === null ? known : null;
    if (key) learn(found.configuration);
    onPicture({ bytes: missing === null ? picture : Buffer.concat([missing, picture]), key, layout, rtpTimestamp });
  }

  return {
    push({ payload, rtpTimestamp, last, gap }) {
      if (gap) {
        torn = torn || openTimestamp !== null;
        waitingForKey = true;
      }
      // Another timestamp without a marker: the sender forgot it, and what is open is as whole as its packets.
      if (openTimestamp !== null && openTimestamp !== rtpTimestamp) finish(openTimestamp);
      // Where packets are missing in front of it, a picture has its beginning only if it starts with a start code.
      if (openTimestamp === null && !payload.subarray(0, startCode.length).equals(startCode)) torn = true;
      openTimestamp = rtpTimestamp;
      if (bytes + payload.length > maxUnitBytes) {
        torn = true;
        pieces = [];
        bytes = 0;
      } else if (!torn) {
        pieces.push(payload);
        bytes += payload.length;
      }
      if (last) finish(rtpTimestamp);
    },
    dropped: () => dropped,
  };
}

/** The header that says the pictures' size (§6.2.3), by which configurations compare: what else is in them comes and goes. */
function objectLayer(configuration: Buffer): string | null {
  for (let at = configuration.indexOf(startCode); at >= 0; at = configuration.indexOf(startCode, at + startCode.length)) {
    if (!isObjectLayer(configuration[at + startCode.length] ?? 0)) continue;
    const end = configuration.indexOf(startCode, at + startCode.length);
    return configuration.toString('hex', at, end < 0 ? configuration.length : end);
  }
  return null;
}

function isObjectLayer(code: number): boolean {
  return code >= 0x20 && code <= 0x2f;
}

interface Found {
  readonly kind: 'key' | 'other' | 'none';
  /** The headers that say what the pictures are; null where there are none. Without what may change from picture to picture. */
  readonly configuration: Buffer | null;
}

/** What a picture is by its first VOP (ISO/IEC 14496-2 §6.2.5): its coding type is the two bits behind the start code. */
function inspect(picture: Buffer): Found {
  let from: number | null = null;
  let to: number | null = null;
  const found = (kind: Found['kind']): Found => ({
    kind,
    configuration: from === null ? null : picture.subarray(from, to ?? picture.length),
  });
  for (let at = picture.indexOf(startCode); at >= 0; at = picture.indexOf(startCode, at + startCode.length)) {
    const code = picture[at + startCode.length] ?? 0;
    if (code === visualObjectSequence || isObjectLayer(code)) from ??= at;
    if (from !== null && (code === userData || code === groupOfPlanes || code === videoObjectPlane)) to ??= at;
    if (code !== videoObjectPlane) continue;
    const type = (picture[at + startCode.length + 1] ?? 0xff) >> 6;
    return found(type === 0 ? 'key' : 'other');
  }
  return found('none');
}
