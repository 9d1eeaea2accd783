import { type ProcedureTemplate, procedureTemplateSchema } from '../../../core/incidents/procedure.ts';
import { type Spoken, spokenIn } from '../../../core/incidents/spoken.ts';

/** A template while it is edited. What nobody rewrote keeps its words in every language; what was rewritten is shown in all of them as it was written. */
export interface ProcedureDraft {
  readonly category: string;
  readonly name: Spoken;
  readonly steps: readonly Spoken[];
}
export const mostSteps = 50;
export const mostProcedures = 100;

export const newDraft: ProcedureDraft = { category: 'accident', name: '', steps: [''] };

/** What the field says in a language; words that a person wrote are in all. */
export const draftWords = (language: string, spoken: Spoken): string => spokenIn(language, spoken);

export const withStep = (draft: ProcedureDraft, at: number, words: string): ProcedureDraft => ({
  ...draft,
  steps: draft.steps.map((each, step) => (step === at ? words : each)),
});

export const addStep = (draft: ProcedureDraft): ProcedureDraft =>
  draft.steps.length >= mostSteps ? draft : { ...draft, steps: [...draft.steps, ''] };

export const withoutStep = (draft: ProcedureDraft, at: number): ProcedureDraft => ({
  ...draft,
  steps: draft.steps.filter((_step, place) => place !== at),
});

/** Exchanges a step with the one before (-1) or behind it (1); as it is at the ends. */
export function moveStep(draft: ProcedureDraft, at: number, by: 1 | -1): ProcedureDraft {
  const [one, other] = [draft.steps[at], draft.steps[at + by]];
  if (one === undefined || other === undefined) return draft;
  return { ...draft, steps: draft.steps.map((each, place) => (place === at ? other : place === at + by ? one : each)) };
}

/** What is wrong with it; null where it can be kept. */
export function draftProblem(draft: ProcedureDraft): 'name' | 'no-steps' | 'empty-step' | 'long' | null {
  if (isEmpty(draft.name)) return 'name';
  if (draft.steps.length === 0) return 'no-steps';
  if (draft.steps.some(isEmpty)) return 'empty-step';
  return templateOf(draft) === null ? 'long' : null;
}

/** Null where it cannot be kept. */
export const templateOf = (draft: ProcedureDraft): ProcedureTemplate | null =>
  procedureTemplateSchema.safeParse(draft).data ?? null;

const isEmpty = (spoken: Spoken): boolean => typeof spoken === 'string' && spoken.trim() === '';
