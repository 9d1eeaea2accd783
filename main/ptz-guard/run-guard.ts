import { systemClock } from '../ports/clock.ts';
import { createGuard } from './guard.ts';
import { type FromGuard, toGuardSchema } from './guard-messages.ts';
import { readMessageLines } from './message-lines.ts';
import { isHopelessStop, openOnvifStoppable } from './onvif-stoppable.ts';

/** The program clock, but one that keeps the process alive: what it waits for is a Stop. */
const clock = {
  ...systemClock,
  after(delayMs: number, then: () => void) {
    const timer = setTimeout(then, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The guard's process, over its standard input and output, until main's pipe has ended and everything stands; then `end` is called once. */
export function runGuard(end: () => void): void {
  // Main may be gone while we speak: then nobody listens, and the work goes on.
  process.stdout.on('error', () => {});
  const say = (message: FromGuard): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
  const guard = createGuard({
    clock,
    open: (place) => openOnvifStoppable(place, clock),
    say,
    isHopeless: isHopelessStop,
    random: Math.random,
  });
  readMessageLines(process.stdin, toGuardSchema, guard.hear, () => {
    void guard.mainGone().then(end);
  });
  // A terminal's Ctrl+C is for main; we end when its pipe does. A system that goes down says so to everybody, and then waits: not for a day.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', guard.hurry);
  say({ t: 'ready' });
}
