import { expect, it } from 'vitest';
import { auditLine } from '../../core/audit/audit-line.ts';

const said = (deed: object) => {
  const { word, number, about } = auditLine({ sequence: 1, utcMs: 0, kind: 'incident.done', data: { number: 7, deed } });
  return { word, number, about };
};

it('a row says which of two things a deed was, and which step it was about, as people count them', () => {
  expect(said({ do: 'lock', locked: true }).word).toBe('incident-lock');
  expect(said({ do: 'lock', locked: false }).word).toBe('incident-unlock');
  expect(said({ do: 'step', step: 1, skip: false, reason: '' })).toEqual({ word: 'incident-step', number: 2, about: '' });
  expect(said({ do: 'step', step: 1, skip: true, reason: 'the road is closed' })).toEqual({
    word: 'incident-skip',
    number: 2,
    about: 'the road is closed',
  });
  expect(said({ do: 'see-skip', step: 1 })).toMatchObject({ word: 'incident-see-skip', number: 2 });
  expect(said({ do: 'own', seat: 3, was: null })).toMatchObject({ word: 'incident-own', number: 3 });
  expect(said({ do: 'own', seat: null, was: 3 }).word).toBe('incident-own-nobody');
  // What a later version may add is said all the same.
  expect(said({ do: 'something new' }).word).toBe('incident-done');
});
