import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { ReceptionReport } from './rtcp.ts';
import { formatReceiverReport } from './rtcp.ts';

const intervalMs = 5_000;

/**
 * Sends a receiver report about every 5 s, between a half and one and a half of it, so that many sessions do not report in step
 * (RFC 3550 §6.2, §6.3.1). Some cameras end a session without them. Returns the way to stop.
 */
export function sendReceiverReports(
  clock: Clock,
  ports: { report(): ReceptionReport | null; send(packet: Buffer): void },
): () => void {
  const ownSsrc = randomInt(1, 2 ** 32 - 1);
  // Random as RFC 7022 §4.2 has it: it says nothing about the user or the machine.
  const cname = randomBytes(12).toString('base64');
  let stopTimer = next();

  function next(): () => void {
    return clock.after(intervalMs * (0.5 + Math.random()), () => {
      const report = ports.report();
      if (report) ports.send(formatReceiverReport(ownSsrc, cname, report));
      stopTimer = next();
    });
  }

  return () => stopTimer();
}
