import type { CustodyRecord } from '../../../core/evidence/custody.ts';

type Outcome = Extract<CustodyRecord, { what: 'exported' }>['outcome'];

/** A copy that is being given away. */
export interface BundleCopy {
  /** Every byte has left. */
  sent(): Promise<void>;
  /** No more of it leaves. */
  brokenOff(): Promise<void>;
}

/**
 * How each copy that leaves ends, once: only who takes it knows whether it is whole where it was to go. Who says nothing until the end of its session, or gave its copy no name, got
 * all of it, and more is not known.
 */
export interface BundleCopies {
  /** `id` null: nobody will say how it ended. `note` writes the line that says so. */
  begin(id: string | null, session: string, note: (outcome: Outcome) => Promise<void>): BundleCopy;
  /** Who took it says whether it is whole; of a copy that is not theirs, or has ended, nothing is heard. */
  told(id: string, session: string, whole: boolean): Promise<void>;
  sessionEnded(session: string): Promise<void>;
}

interface Open {
  readonly session: string;
  sent: boolean;
  end(outcome: Outcome): Promise<void>;
}

/** So many are waited for; of more the oldest are not. */
const mostOpen = 200;

export function createBundleCopies(): BundleCopies {
  const open = new Map<string, Open>();

  return {
    begin(id, session, note) {
      let over = false;
      const mine: Open = {
        session,
        sent: false,
        async end(outcome) {
          if (over) return;
          over = true;
          if (id !== null && open.get(id) === mine) open.delete(id);
          await note(outcome);
        },
      };
      if (id !== null) {
        const [oldest] = open.values();
        if (open.size >= mostOpen && oldest) void oldest.end(oldest.sent ? 'sent' : 'broken-off').catch(() => {});
        open.set(id, mine);
      }
      return {
        async sent() {
          mine.sent = true;
          if (id === null || open.get(id) !== mine) await mine.end('sent');
        },
        brokenOff: () => mine.end('broken-off'),
      };
    },
    async told(id, session, whole) {
      const copy = open.get(id);
      if (copy?.session === session) await copy.end(whole && copy.sent ? 'whole' : 'broken-off');
    },
    async sessionEnded(session) {
      for (const [id, copy] of [...open]) {
        if (copy.session !== session) continue;
        open.delete(id);
        // One that is still on its way is told by how that ends.
        if (copy.sent) await copy.end('sent').catch(() => {});
      }
    },
  };
}
