import { z } from 'zod';
import { spokenSchema } from './spoken.ts';

/** What is to be done about incidents of a category, in order. */
export const procedureTemplateSchema = z.strictObject({
  name: spokenSchema,
  category: z.string().min(1).max(60),
  steps: z.array(spokenSchema).min(1).max(50),
});
export type ProcedureTemplate = z.infer<typeof procedureTemplateSchema>;

/** Whether two lists of templates say the same, in whatever order their fields were written. */
export function sameProcedures(one: readonly ProcedureTemplate[], other: readonly ProcedureTemplate[]): boolean {
  const written = (all: readonly ProcedureTemplate[]) => JSON.stringify(z.array(procedureTemplateSchema).parse(all));
  return written(one) === written(other);
}

const by = { utcMs: z.number(), bySeat: z.int() };
const answerSchema = z.strictObject({
  ...by,
  /** Why it was not done; null where it was. */
  skipped: z.string().max(500).nullable(),
  /** The supervisor's seat that saw that it was skipped; null: none yet. */
  seen: z.strictObject(by).nullable(),
});
/** A template's steps as one incident follows them; later changes of the template do not touch it. */
export const procedureSchema = z.strictObject({
  name: spokenSchema,
  steps: z.array(z.strictObject({ text: spokenSchema, answer: answerSchema.nullable() })).max(50),
});
export type Procedure = z.infer<typeof procedureSchema>;

interface By {
  readonly utcMs: number;
  readonly bySeat: number;
}

export const beginProcedure = ({ name, steps }: Pick<ProcedureTemplate, 'name' | 'steps'>): Procedure => ({
  name,
  steps: steps.map((text) => ({ text, answer: null })),
});

/** Answers the next step. `out-of-order`: another one is next, or all are answered. `reason-needed`: a step is not skipped without one. */
export function nextProcedure(
  procedure: Procedure,
  step: number,
  answer: By & { readonly skip: boolean; readonly reason: string },
): Procedure | 'out-of-order' | 'reason-needed' {
  const next = procedure.steps.findIndex((each) => each.answer === null);
  if (next === -1 || next !== step) return 'out-of-order';
  const reason = answer.reason.trim();
  if (answer.skip && reason === '') return 'reason-needed';
  const { utcMs, bySeat, skip } = answer;
  return withAnswer(procedure, step, { utcMs, bySeat, skipped: skip ? reason : null, seen: null });
}

/** A supervisor has seen that a step was skipped. `already`: there is nothing to see any more, or there never was. */
export function seenProcedure(procedure: Procedure, step: number, { utcMs, bySeat }: By): Procedure | 'already' {
  const answer = procedure.steps[step]?.answer;
  if (!answer || answer.skipped === null || answer.seen !== null) return 'already';
  return withAnswer(procedure, step, { ...answer, seen: { utcMs, bySeat } });
}

function withAnswer(procedure: Procedure, step: number, answer: z.infer<typeof answerSchema>): Procedure {
  return { ...procedure, steps: procedure.steps.map((each, place) => (place === step ? { ...each, answer } : each)) };
}

/** The steps (from 0) that were skipped and that no supervisor has seen yet. */
export function unseenSkips(procedure: Procedure | null): readonly number[] {
  return (procedure?.steps ?? []).flatMap(({ answer }, step) =>
    answer !== null && answer.skipped !== null && answer.seen === null ? [step] : [],
  );
}
