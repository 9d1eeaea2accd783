import { z } from 'zod';

/** What is to be done about incidents of a category, in order. */
export const procedureTemplateSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  category: z.string().min(1).max(60),
  steps: z.array(z.string().trim().min(1).max(500)).min(1).max(50),
});
export type ProcedureTemplate = z.infer<typeof procedureTemplateSchema>;

const answerSchema = z.strictObject({
  utcMs: z.number(),
  bySeat: z.int(),
  /** Why it was not done; null where it was. */
  skipped: z.string().max(500).nullable(),
});
/** A template's steps as one incident follows them; later changes of the template do not touch it. */
export const procedureSchema = z.strictObject({
  name: z.string(),
  steps: z.array(z.strictObject({ text: z.string(), answer: answerSchema.nullable() })).max(50),
});
export type Procedure = z.infer<typeof procedureSchema>;

export const beginProcedure = ({ name, steps }: Pick<ProcedureTemplate, 'name' | 'steps'>): Procedure => ({
  name,
  steps: steps.map((text) => ({ text, answer: null })),
});

/** Answers the next step. `out-of-order`: another one is next, or all are answered. `reason-needed`: a step is not skipped without one. */
export function nextProcedure(
  procedure: Procedure,
  step: number,
  answer: { readonly utcMs: number; readonly bySeat: number; readonly skip: boolean; readonly reason: string },
): Procedure | 'out-of-order' | 'reason-needed' {
  const next = procedure.steps.findIndex((each) => each.answer === null);
  if (next === -1 || next !== step) return 'out-of-order';
  const reason = answer.reason.trim();
  if (answer.skip && reason === '') return 'reason-needed';
  const { utcMs, bySeat, skip } = answer;
  const steps = procedure.steps.map((each, place) =>
    place === step ? { ...each, answer: { utcMs, bySeat, skipped: skip ? reason : null } } : each,
  );
  return { ...procedure, steps };
}
