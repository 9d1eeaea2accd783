import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freeLease,
  type Holder,
  holdsLease,
  type Lease,
  type LeaseInput,
  leaseEndsAtMs,
  leaseIdleMs,
  leaseLoss,
  longestReserveMs,
  nextLease,
} from '../../core/ptz/lease.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';

const low: Holder = { seat: 1, priority: 10 };
const high: Holder = { seat: 2, priority: 90 };
const equal: Holder = { seat: 3, priority: 10 };
const run = (...inputs: LeaseInput[]): Lease => inputs.reduce(nextLease, freeLease);
const take = (by: Holder, atMs = 0): LeaseInput => ({ what: 'take', by, atMs });

describe('the lease of a camera', () => {
  it('goes to whoever asks first, and to nobody of the same priority after that', () => {
    const lease = run(take(low), take(equal, 5));
    expect(lease).toMatchObject({ state: 'held', by: low });
    expect(holdsLease(lease, 3)).toBe(false);
  });

  it('is taken over by a higher priority, and the one who lost it is told to whom', () => {
    const before = run(take(low));
    const after = nextLease(before, take(high, 5));
    expect(after).toMatchObject({ by: high, sinceMs: 5 });
    expect(leaseLoss(before, after, take(high, 5))).toEqual({ by: low, to: high });
    expect(nextLease(after, take(low, 6))).toBe(after);
  });

  it('ends 15 s after the last command, and the holder is told', () => {
    const used = run(take(low), { what: 'used', seat: 1, atMs: 10_000 });
    expect(nextLease(used, { what: 'tick', atMs: 10_000 + leaseIdleMs - 1 })).toBe(used);
    const tick: LeaseInput = { what: 'tick', atMs: 10_000 + leaseIdleMs };
    expect(nextLease(used, tick)).toEqual(freeLease);
    expect(leaseLoss(used, nextLease(used, tick), tick)).toEqual({ by: low, to: null });
  });

  it('is not ended by commands of somebody else, nor lengthened by them', () => {
    const lease = run(take(low), { what: 'used', seat: 3, atMs: 9_000 }, { what: 'release', seat: 3 });
    expect(lease).toMatchObject({ by: low, idleAtMs: leaseIdleMs });
  });

  it('is kept by a reservation without a touch, until its time is over', () => {
    const kept = run(take(low), { what: 'reserve', by: low, atMs: 1_000, forMs: 600_000 });
    expect(nextLease(kept, { what: 'tick', atMs: 600_999 })).toMatchObject({ state: 'reserved', sinceMs: 0 });
    expect(nextLease(kept, { what: 'tick', atMs: 601_000 })).toEqual(freeLease);
    expect(run(take(low), { what: 'reserve', by: equal, atMs: 1, forMs: 600_000 })).toMatchObject({ by: low });
  });

  it('stays a reservation while its holder steers, and is nobody’s longer than eight hours', () => {
    const kept = run({ what: 'reserve', by: low, atMs: 0, forMs: Number.MAX_SAFE_INTEGER }, take(low, 50));
    expect(kept).toMatchObject({ state: 'reserved', endsAtMs: longestReserveMs });
  });

  it('says nothing to whoever gave it back', () => {
    const before = run(take(low));
    const release: LeaseInput = { what: 'release', seat: 1 };
    expect(nextLease(before, release)).toEqual(freeLease);
    expect(leaseLoss(before, freeLease, release)).toBeNull();
  });

  const seats = fc.record({ seat: fc.integer({ min: 1, max: 8 }), priority: fc.integer({ min: 1, max: 100 }) });
  const deeds = fc.array(
    fc.record({
      passMs: fc.integer({ min: 0, max: 20_000 }),
      what: fc.constantFrom('take', 'reserve', 'used', 'release', 'tick'),
      by: seats,
      forMs: fc.integer({ min: 0, max: 60_000 }),
    }),
    { maxLength: 60 },
  );

  it('never has two holders, whatever is asked in whatever order', { timeout: sampledLimitMs }, () => {
    fc.assert(
      fc.property(deeds, (given) => {
        // A seat has one priority.
        const priorityOf = new Map<number, number>();
        let lease: Lease = freeLease;
        let atMs = 0;
        /** Who believes to steer: told of every answer and of every loss, as windows are. */
        const believers = new Set<number>();
        for (const { passMs, what, by, forMs } of given) {
          atMs += passMs;
          const priority = priorityOf.get(by.seat) ?? by.priority;
          priorityOf.set(by.seat, priority);
          const holder = { seat: by.seat, priority };
          const input: LeaseInput =
            what === 'take'
              ? { what, by: holder, atMs }
              : what === 'reserve'
                ? { what, by: holder, atMs, forMs }
                : what === 'tick'
                  ? { what, atMs }
                  : what === 'used'
                    ? { what, seat: by.seat, atMs }
                    : { what: 'release', seat: by.seat };
          const before = lease;
          lease = nextLease(before, input);
          const loss = leaseLoss(before, lease, input);
          if (loss) {
            expect(believers.delete(loss.by.seat)).toBe(true);
            // Only somebody above it takes what has not ended by itself.
            const endedAtMs = leaseEndsAtMs(before) ?? 0;
            if (loss.to !== null && atMs < endedAtMs) expect(loss.to.priority).toBeGreaterThan(loss.by.priority);
          }
          if (input.what === 'release' && holdsLease(before, by.seat)) believers.delete(by.seat);
          if ((input.what === 'take' || input.what === 'reserve') && holdsLease(lease, by.seat)) believers.add(by.seat);
          expect(believers.size).toBeLessThanOrEqual(1);
          expect([...believers]).toEqual(lease.state === 'free' ? [] : [lease.by.seat]);
          expect(leaseEndsAtMs(lease) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(what === 'release' ? 0 : atMs);
        }
      }),
      sampled(300, 20_000),
    );
  });
});
