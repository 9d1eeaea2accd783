import { z } from 'zod';

/** A held camera whose holder does nothing for so long is free again, in ms. */
export const leaseIdleMs = 15_000;
/** A camera may be kept without touching it for at most so long, in ms. */
export const longestReserveMs = 8 * 3_600_000;

/** A seat that steers or keeps a camera. `priority`: 1 (least) to 100. */
export const holderSchema = z.strictObject({ seat: z.int().min(1).max(999), priority: z.int().min(1).max(100) });
export type Holder = z.infer<typeof holderSchema>;

/**
 * The right to steer one camera. Times are of the clock that nobody sets, ms.
 *
 *             take                        reserve
 *     free ──────────▶ held ◀──────────────────────▶ reserved
 *      ▲                │ ▲ used                        │
 *      │                └─┘                             │
 *      ├── release, idle for 15 s ◀─────────────────────┤ its time is over
 *      └── release ◀────────────────────────────────────┘
 *
 * A seat of higher priority takes over from both; one of the same or of lower priority waits until it is free. There is never a second
 * holder, because there is no place for one.
 */
export type Lease =
  | { readonly state: 'free' }
  | { readonly state: 'held'; readonly by: Holder; readonly sinceMs: number; readonly idleAtMs: number }
  /** Kept also while its holder does nothing, until `endsAtMs`. */
  | { readonly state: 'reserved'; readonly by: Holder; readonly sinceMs: number; readonly endsAtMs: number };

export type LeaseInput =
  | { readonly what: 'take'; readonly by: Holder; readonly atMs: number }
  | { readonly what: 'reserve'; readonly by: Holder; readonly atMs: number; readonly forMs: number }
  /** The holder did something. */
  | { readonly what: 'used'; readonly seat: number; readonly atMs: number }
  | { readonly what: 'release'; readonly seat: number }
  /** Time went on. */
  | { readonly what: 'tick'; readonly atMs: number };

export const freeLease: Lease = { state: 'free' };

/** The next state of a lease. Whoever asked looks with `holdsLease` whether it is theirs now. */
export function nextLease(before: Lease, input: LeaseInput): Lease {
  // What is over is over, whoever looks first: no timer decides who steers.
  const lease = input.what === 'release' ? before : afterTime(before, input.atMs);
  switch (input.what) {
    case 'tick':
      return lease;
    case 'release':
      return holdsLease(lease, input.seat) ? freeLease : lease;
    case 'used':
      return lease.state === 'held' && lease.by.seat === input.seat ? { ...lease, idleAtMs: input.atMs + leaseIdleMs } : lease;
    case 'take':
      return taken(lease, input.by, input.atMs);
    case 'reserve': {
      if (!mayHave(lease, input.by)) return lease;
      const forMs = Math.min(Math.max(0, input.forMs), longestReserveMs);
      return { state: 'reserved', by: input.by, sinceMs: sinceOf(lease, input.by, input.atMs), endsAtMs: input.atMs + forMs };
    }
  }
}

/** Whether this seat may steer. */
export function holdsLease(lease: Lease, seat: number): boolean {
  return lease.state !== 'free' && lease.by.seat === seat;
}

/** When the lease ends if nothing happens, ms; null while it is free. */
export function leaseEndsAtMs(lease: Lease): number | null {
  if (lease.state === 'free') return null;
  return lease.state === 'held' ? lease.idleAtMs : lease.endsAtMs;
}

/** Who lost it by this change and must be told, and to whom; null where nobody did, or gave it back. */
export function leaseLoss(
  before: Lease,
  after: Lease,
  input: LeaseInput,
): { readonly by: Holder; readonly to: Holder | null } | null {
  if (before.state === 'free' || holdsLease(after, before.by.seat)) return null;
  if (input.what === 'release' && input.seat === before.by.seat) return null;
  return { by: before.by, to: after.state === 'free' ? null : after.by };
}

function afterTime(lease: Lease, atMs: number): Lease {
  const endsAtMs = leaseEndsAtMs(lease);
  return endsAtMs !== null && atMs >= endsAtMs ? freeLease : lease;
}

function mayHave(lease: Lease, by: Holder): boolean {
  return lease.state === 'free' || lease.by.seat === by.seat || by.priority > lease.by.priority;
}

function taken(lease: Lease, by: Holder, atMs: number): Lease {
  if (!mayHave(lease, by)) return lease;
  // Who has reserved it does not lose the reservation by steering.
  if (lease.state === 'reserved' && lease.by.seat === by.seat) return { ...lease, by };
  return { state: 'held', by, sinceMs: sinceOf(lease, by, atMs), idleAtMs: atMs + leaseIdleMs };
}

function sinceOf(lease: Lease, by: Holder, atMs: number): number {
  return lease.state !== 'free' && lease.by.seat === by.seat ? lease.sinceMs : atMs;
}
