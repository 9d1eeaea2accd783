import { createStore } from 'zustand/vanilla';
import type { Programme, ProgrammeDraft } from '../../../core/programmes/programmes.contract.ts';

/** Which dialog of the programmes is open in this window; one at a time. */
export type ProgrammesDialog =
  /** `programme` null: a new one. */
  | { readonly what: 'edit'; readonly programme: Programme | null }
  | { readonly what: 'conflict'; readonly mine: ProgrammeDraft; readonly present: Programme }
  | { readonly what: 'delete'; readonly programme: Programme };

export const programmesView = createStore<{ readonly dialog: ProgrammesDialog | null }>(() => ({ dialog: null }));

export const openProgrammesDialog = (dialog: ProgrammesDialog): void => programmesView.setState({ dialog });
export const closeProgrammesDialog = (): void => programmesView.setState({ dialog: null });
