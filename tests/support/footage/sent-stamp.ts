/** A supplemental enhancement unit that only we write (ITU-T H.264 annex D.1.7): its name stands for its UUID. */
const name = Buffer.from('deedban-footage!');
const digits = { camera: 4, frame: 6, sentUs: 17 } as const;
const textBytes = digits.camera + digits.frame + digits.sentUs;

export interface SentStamp {
  readonly camera: number;
  /** In the loop, from 0. */
  readonly frame: number;
  /** UTC in microseconds. */
  readonly sentUs: number;
}

/** A NAL unit (type 6) that says when a picture was sent. Digits only, so that no byte needs an emulation prevention. */
export function stampNal({ camera, frame, sentUs }: SentStamp): Buffer {
  const text = [
    String(camera).padStart(digits.camera, '0'),
    String(frame).padStart(digits.frame, '0'),
    String(Math.round(sentUs)).padStart(digits.sentUs, '0'),
  ].join('');
  return Buffer.concat([Buffer.from([0x06, 5, name.length + textBytes]), name, Buffer.from(text), Buffer.from([0x80])]);
}

/** The stamp in an RTP packet (or in anything else); null where there is none. */
export function findStamp(packet: Buffer): SentStamp | null {
  const at = packet.indexOf(name);
  if (at < 0 || packet.length < at + name.length + textBytes) return null;
  const text = packet.toString('latin1', at + name.length, at + name.length + textBytes);
  if (!/^\d+$/.test(text)) return null;
  return {
    camera: Number(text.slice(0, digits.camera)),
    frame: Number(text.slice(digits.camera, digits.camera + digits.frame)),
    sentUs: Number(text.slice(digits.camera + digits.frame)),
  };
}

/** UTC in microseconds, finer than `Date.now` and never backwards within a process. */
export const nowUs = (): number => (performance.timeOrigin + performance.now()) * 1_000;
