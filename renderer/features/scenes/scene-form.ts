import type { SceneDraft, sceneColours } from '../../../core/scenes/scene.ts';

/** What a person types of a scene. */
export interface SceneForm {
  readonly number: string;
  readonly name: string;
  readonly colour: (typeof sceneColours)[number];
}

/** The number that was typed: 1 to 9,999; null for anything else. */
export function numberOf({ number }: Pick<SceneForm, 'number'>): number | null {
  return /^[1-9]\d{0,3}$/.test(number.trim()) ? Number(number.trim()) : null;
}

export const formOf = ({ number, name, colour }: Pick<SceneDraft, 'number' | 'name' | 'colour'>): SceneForm => ({
  number: String(number),
  name,
  colour,
});
