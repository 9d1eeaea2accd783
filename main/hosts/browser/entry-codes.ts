import { createHash, randomBytes } from 'node:crypto';
import type { WindowKind } from '../../../core/displays/displays.contract.ts';

/** What a code lets in: a window, the seat it belongs to, the display it stands on, and what it is for. */
export interface Entry {
  readonly windowId: string;
  readonly seatNumber: number;
  readonly displayId: string;
  readonly windowKind: WindowKind;
}

export interface EntryCodes {
  /** A new code (128 random bits), good for one use within `livesMs`. */
  issue(entry: Entry, livesMs: number): string;
  /**
   * Uses a code up; null where it is not known, was used, or is too old. Whoever used it may use it again within `againMs` by the same `proof`, a secret of
   * that page's own making: a page that is loaded anew while it comes in never saw its answer. The code alone is good once.
   */
  use(code: string, proof?: string): Entry | null;
}

/** How long whoever used a code may use it again (ms): a page is loaded anew in less. */
export const againMs = 30_000;

/** Far more than the windows of one machine; past it the oldest code ends. */
const codesLimit = 256;

/**
 * Keeps the codes that are out. They are looked up by their hash, so the time a look-up takes says nothing about how much
 * of a guess was right.
 */
export function createEntryCodes(monotonicMs: () => number): EntryCodes {
  const entries = new Map<string, { entry: Entry; endsMs: number }>();
  const used = new Map<string, { entry: Entry; endsMs: number }>();
  const hash = (code: string) => createHash('sha256').update(code).digest('base64');
  function keep(all: Map<string, { entry: Entry; endsMs: number }>, key: string, entry: Entry, livesMs: number): void {
    const nowMs = monotonicMs();
    for (const [other, { endsMs }] of all) if (endsMs <= nowMs) all.delete(other);
    const oldest = all.keys().next();
    if (all.size >= codesLimit && !oldest.done) all.delete(oldest.value);
    all.set(key, { entry, endsMs: nowMs + livesMs });
  }
  return {
    issue(entry, livesMs) {
      const code = randomBytes(16).toString('base64url');
      keep(entries, hash(code), entry, livesMs);
      return code;
    },
    use(code, proof) {
      const key = hash(code);
      const again = proof === undefined ? null : hash(`${key} ${proof}`);
      const found = entries.get(key) ?? (again === null ? undefined : used.get(again));
      if (found === undefined || found.endsMs <= monotonicMs()) return null;
      // What was used ends when it was to end, however often it is asked for.
      if (entries.delete(key) && again !== null) keep(used, again, found.entry, againMs);
      return found.entry;
    },
  };
}
