import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftAt, shiftStartsSchema, usualShiftStarts } from '../../core/shifts/shift-times.ts';

const utc = (text: string) => Date.parse(text);

describe('a shift', () => {
  it('begins and ends by the city’s clock, five hours ahead of UTC', () => {
    expect(shiftAt(utc('2026-11-21T03:00:00Z'), usualShiftStarts)).toEqual({
      fromUtcMs: utc('2026-11-21T01:00:00Z'),
      toUtcMs: utc('2026-11-21T09:00:00Z'),
    });
  });

  it('goes over midnight', () => {
    expect(shiftAt(utc('2026-11-20T20:30:00Z'), usualShiftStarts)).toEqual({
      fromUtcMs: utc('2026-11-20T17:00:00Z'),
      toUtcMs: utc('2026-11-21T01:00:00Z'),
    });
  });

  it('is a whole day where there is one only', () => {
    expect(shiftAt(utc('2026-11-21T00:59:00Z'), ['06:00'])).toEqual({
      fromUtcMs: utc('2026-11-20T01:00:00Z'),
      toUtcMs: utc('2026-11-21T01:00:00Z'),
    });
  });

  it('holds every moment of it, and ends where the next one begins', () => {
    const start = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.uniqueArray(start, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 4e12 }), (starts, atMs) => {
        const shift = shiftAt(atMs, starts);
        expect(shift.fromUtcMs).toBeLessThanOrEqual(atMs);
        expect(shift.toUtcMs).toBeGreaterThan(atMs);
        expect(shiftAt(shift.toUtcMs, starts).fromUtcMs).toBe(shift.toUtcMs);
        expect(shiftAt(shift.toUtcMs - 1, starts)).toEqual(shift);
      }),
    );
  });

  it('is refused where it has no time of day, or another’s', () => {
    for (const starts of [[], ['24:00'], ['6:00'], ['06:00', '06:00']])
      expect(shiftStartsSchema.safeParse(starts).success).toBe(false);
  });
});
