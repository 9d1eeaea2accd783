import { expect, it } from 'vitest';
import { usualProcedures } from '../../core/incidents/usual-procedures.ts';
import {
  addStep,
  draftProblem,
  moveStep,
  mostSteps,
  newDraft,
  type ProcedureDraft,
  templateOf,
  withoutStep,
  withStep,
} from '../../renderer/features/incidents/procedure-draft.ts';

const draft: ProcedureDraft = { category: 'fire', name: 'Fire', steps: ['a', 'b', 'c'] };

it('steps are moved, added, rewritten and removed', () => {
  expect(moveStep(draft, 2, -1).steps).toEqual(['a', 'c', 'b']);
  expect(moveStep(draft, 0, 1).steps).toEqual(['b', 'a', 'c']);
  expect(moveStep(draft, 0, -1)).toBe(draft);
  expect(moveStep(draft, 2, 1)).toBe(draft);
  expect(withoutStep(draft, 1).steps).toEqual(['a', 'c']);
  expect(withStep(addStep(draft), 3, 'd').steps).toEqual(['a', 'b', 'c', 'd']);
  const full = { ...draft, steps: Array.from({ length: mostSteps }, () => 'a') };
  expect(addStep(full)).toBe(full);
});

it('what is rewritten is the same in every language; what is not keeps its words', () => {
  const [usual] = usualProcedures;
  if (!usual) throw new Error('there are none');
  const changed = withStep(usual, 0, 'Look first');
  expect(changed.steps[0]).toBe('Look first');
  expect(changed.steps.slice(1)).toEqual(usual.steps.slice(1));
  expect(templateOf(changed)).toEqual(changed);
});

it('says what is wrong before anything is kept', () => {
  expect(draftProblem(draft)).toBeNull();
  expect(draftProblem(newDraft)).toBe('name');
  expect(draftProblem({ ...draft, steps: [] })).toBe('no-steps');
  expect(draftProblem(withStep(draft, 1, '  '))).toBe('empty-step');
  expect(draftProblem(withStep(draft, 1, 'x'.repeat(501)))).toBe('long');
});
