import type { ProgrammeDraft } from '../../../core/programmes/programmes.contract.ts';
import type { SceneId } from '../../../core/scenes/scene.ts';
import { dwellOf, type TypedDwell, typedDwell } from './dwell.ts';

/** A step while it is edited; `key` stays with it wherever it is moved. */
export interface EditedStep {
  readonly key: number;
  readonly scene: SceneId;
  readonly dwell: TypedDwell;
}

export type StepInput =
  | { readonly type: 'add'; readonly scene: SceneId }
  | { readonly type: 'remove'; readonly key: number }
  | { readonly type: 'scene'; readonly key: number; readonly scene: SceneId }
  | { readonly type: 'dwell'; readonly key: number; readonly dwell: TypedDwell }
  /** To this place among the steps, from 0; beyond the ends is the end. */
  | { readonly type: 'move'; readonly key: number; readonly to: number };

export const mostSteps = 200;
const firstDwellS = 20;

export const editedSteps = (steps: ProgrammeDraft['steps']): readonly EditedStep[] =>
  steps.map(({ scene, dwellS }, key) => ({ key, scene, dwell: typedDwell(dwellS) }));

/** The steps as they are kept; null while one of their dwells is not one. */
export function writtenSteps(steps: readonly EditedStep[]): ProgrammeDraft['steps'] | null {
  const written = steps.flatMap(({ scene, dwell }) => {
    const dwellS = dwellOf(dwell);
    return dwellS === null ? [] : [{ scene, dwellS }];
  });
  return written.length === steps.length ? written : null;
}

/** The steps after one edit. A new step stays as long as the one before it. */
export function nextSteps(steps: readonly EditedStep[], input: StepInput): readonly EditedStep[] {
  switch (input.type) {
    case 'add': {
      if (steps.length >= mostSteps) return steps;
      const key = Math.max(-1, ...steps.map((step) => step.key)) + 1;
      return [...steps, { key, scene: input.scene, dwell: steps.at(-1)?.dwell ?? typedDwell(firstDwellS) }];
    }
    case 'remove':
      return steps.filter(({ key }) => key !== input.key);
    case 'scene':
      return steps.map((step) => (step.key === input.key ? { ...step, scene: input.scene } : step));
    case 'dwell':
      return steps.map((step) => (step.key === input.key ? { ...step, dwell: input.dwell } : step));
    case 'move': {
      const moved = steps.find(({ key }) => key === input.key);
      if (!moved) return steps;
      const others = steps.filter(({ key }) => key !== input.key);
      const to = Math.max(0, Math.min(others.length, input.to));
      return [...others.slice(0, to), moved, ...others.slice(to)];
    }
  }
}
