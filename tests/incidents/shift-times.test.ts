import { expect, it } from 'vitest';
import { shiftsUpTo } from '../../core/incidents/incident-times.ts';

it('the shifts up to a moment are told newest first, without a hole between them', () => {
  // 12:00 in Peshawar.
  const noon = Date.UTC(2026, 10, 21, 7);
  const shifts = shiftsUpTo(noon, ['06:00', '14:00', '22:00'], 9);
  expect(shifts.map(({ fromUtcMs }) => new Date(fromUtcMs).toISOString().slice(8, 16))).toEqual([
    '21T01:00',
    '20T17:00',
    '20T09:00',
    '20T01:00',
    '19T17:00',
    '19T09:00',
    '19T01:00',
    '18T17:00',
    '18T09:00',
  ]);
  for (const [place, { fromUtcMs }] of shifts.entries()) expect(shifts[place + 1]?.toUtcMs ?? fromUtcMs).toBe(fromUtcMs);
});
