import type { Log } from '../../main/ports/log.ts';

/** A log that remembers what was written. */
export function createPretendLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (message: string, fields: object = {}) => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Log & { readonly lines: string[] } = {
    lines,
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
  };
  return log;
}
