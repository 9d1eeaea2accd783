import datachannel from 'node-datachannel';
import type { Clock } from '../ports/clock.ts';
import { type Boot, type Booted, bootSchema } from './boot.ts';
import { createGateway, type Gateway } from './gateway.ts';
import type { ParentPipe } from './parent-pipe.ts';
import type { SourceMakers } from './source-makers.ts';

/** An orderly end that takes longer than this is not one. */
const endMs = 3_000;

/**
 * Runs the process: waits for `boot`, serves, ends. Exit code 0 after `stop` or being orphaned, 1 after a fault.
 */
export function runGateway(
  parent: ParentPipe,
  clock: Clock,
  makersFor: (boot: Boot, note: (words: string) => void) => SourceMakers,
): void {
  let gateway: Gateway | null = null;
  let ending = false;
  const post = (message: Booted): void => parent.post(message);

  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), endMs);
    await gateway?.close();
    // The library's own threads would keep running into a process that is being torn down.
    datachannel.cleanup();
    process.exit(code);
  };
  const start = async (message: unknown): Promise<void> => {
    booted = true;
    const boot = bootSchema.safeParse(message);
    if (!boot.success) {
      // Zod's words name fields, never values: nothing secret is told.
      post({ type: 'failed', reason: `the boot message is not valid: ${boot.error.issues[0]?.path.join('.') ?? ''}` });
      return end(1);
    }
    try {
      const ports = {
        clock,
        random: Math.random,
        makers: makersFor(boot.data, (words) => gateway?.note(words)),
        onStop: () => void end(0),
      };
      gateway = await createGateway(ports, boot.data);
      post({ type: 'ready', whepUrl: gateway.whepUrl, pid: process.pid });
    } catch (error) {
      post({
        type: 'failed',
        reason: `the gateway could not start: ${error instanceof Error ? error.message : 'unknown'}`.slice(0, 500),
      });
      await end(1);
    }
  };

  let booted = false;
  datachannel.initLogger('Error', () => {});
  parent.onFirst((message) => void start(message));
  parent.onGone(() => {
    // After boot main's death is noticed on the control channel, which knows how long to wait.
    if (!booted) void end(0);
  });
  // Ctrl+C in a terminal reaches the whole group: main decides when the gateway stops.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => void end(0));
  const fault = (error: unknown): void => {
    const where = error instanceof Error ? (error.stack ?? error.name) : 'unknown';
    gateway?.tellFault(where.slice(0, 1_000));
    void end(1);
  };
  process.on('uncaughtException', fault);
  process.on('unhandledRejection', fault);
}
