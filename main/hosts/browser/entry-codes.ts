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
  /** Uses a code up; null where it is not known, was used, or is too old. */
  use(code: string): Entry | null;
}

/** Far more than the windows of one machine; past it the oldest code ends. */
const codesLimit = 256;

/**
 * Keeps the codes that are out. They are looked up by their hash, so the time a look-up takes says nothing about how much
 * of a guess was right.
 */
export function createEntryCodes(monotonicMs: () => number): EntryCodes {
  const entries = new Map<string, { entry: Entry; endsMs: number }>();
  const hash = (code: string) => createHash('sha256').update(code).digest('base64');
  return {
    issue(entry, livesMs) {
      const nowMs = monotonicMs();
      for (const [key, { endsMs }] of entries) if (endsMs <= nowMs) entries.delete(key);
      const oldest = entries.keys().next();
      if (entries.size >= codesLimit && !oldest.done) entries.delete(oldest.value);
      const code = randomBytes(16).toString('base64url');
      entries.set(hash(code), { entry, endsMs: nowMs + livesMs });
      return code;
    },
    use(code) {
      const key = hash(code);
      const found = entries.get(key);
      entries.delete(key);
      return found !== undefined && found.endsMs > monotonicMs() ? found.entry : null;
    },
  };
}
