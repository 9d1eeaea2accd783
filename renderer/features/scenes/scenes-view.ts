import { createStore } from 'zustand/vanilla';
import type { Scene, SceneDraft } from '../../../core/scenes/scene.ts';
import type { SceneSummary } from '../../../core/scenes/scenes.contract.ts';

/** Which dialog of the scenes is open in this window; one at a time. */
export type ScenesDialog =
  | { readonly what: 'save' }
  | { readonly what: 'edit'; readonly scene: Scene }
  /** Somebody else was faster. `base` is what both began with; `present` null: it was deleted meanwhile. */
  | { readonly what: 'conflict'; readonly base: Scene; readonly mine: SceneDraft; readonly present: Scene | null }
  | { readonly what: 'delete'; readonly scene: SceneSummary }
  | { readonly what: 'import' };

export const scenesView = createStore<{ readonly dialog: ScenesDialog | null }>(() => ({ dialog: null }));

export const openScenesDialog = (dialog: ScenesDialog): void => scenesView.setState({ dialog });
export const closeScenesDialog = (): void => scenesView.setState({ dialog: null });
