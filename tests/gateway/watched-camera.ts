import { createPacer } from '../../main/gateway/pacer.ts';
import { createViewer, type ViewerPorts } from '../../main/gateway/viewer.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { createFakeLine } from './support/fake-line.ts';

export const ssrc = 7;

export function camera(clock: FakeClock, tellsTime = true) {
  const { line, sources } = createFakeLine(clock);
  line.hold();
  sources.opens();
  let frame = 0;
  return {
    line,
    sources,
    /** Pictures 40 ms apart, the first a key picture where `key` says so. */
    play(count: number, key = false) {
      for (let index = 0; index < count; index += 1) {
        clock.pass(40);
        sources.unit(key && index === 0, (frame += 1) * 3_600, tellsTime ? clock.utcMs() - 70 : undefined);
      }
    },
  };
}

export function watch(
  clock: FakeClock,
  line: ReturnType<typeof camera>['line'] | null,
  playoutDelay: ViewerPorts['playoutDelay'] = null,
) {
  const sent: { key: boolean; sequence: number; timestamp: number }[] = [];
  const reports: Buffer[] = [];
  const others: Buffer[] = [];
  const sink = {
    send(bytes: Buffer) {
      if (bytes.readUInt8(0) === 0x90) extended += 1;
      if (bytes.readUInt8(1) === 200) reports.push(Buffer.from(bytes));
      else if (bytes.readUInt8(1) === 207) others.push(Buffer.from(bytes));
      // Parameter sets, then the picture: only pictures are counted.
      else if ([1, 5].includes(bytes.readUInt8(12) & 0x1f)) {
        sent.push({ key: (bytes.readUInt8(12) & 0x1f) === 5, sequence: bytes.readUInt16BE(2), timestamp: bytes.readUInt32BE(4) });
      }
      return true;
    },
  };
  let [voided, extended] = [0, 0];
  const viewer = createViewer(
    {
      clock,
      pacer: createPacer(clock),
      sink,
      identity: { ssrc, payloadType: 102, cname: 'c' },
      playoutDelay,
      beat: null,
      random: () => 0.25,
      onCodec: (codec) => (voided += codec === 'h264' ? 0 : 1),
    },
    line,
  );
  return { viewer, sent, reports, others, voided: () => voided, extended: () => extended };
}

export const steps = (sent: readonly { timestamp: number }[]): number[] =>
  sent.slice(1).map(({ timestamp }, index) => (timestamp - (sent[index]?.timestamp ?? 0)) | 0);

export function pli(): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt8(0x81, 0);
  bytes.writeUInt8(206, 1);
  bytes.writeUInt16BE(2, 2);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
}
