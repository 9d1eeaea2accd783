import { createStore } from 'zustand/vanilla';
import type { Contrast } from '../../core/preferences/preferences.contract.ts';

/** What this window shows besides its features; what of it lasts is in `view-memory.ts`. */
export interface ViewState {
  readonly captions: boolean;
  readonly statistics: boolean;
  readonly help: boolean;
  readonly palette: boolean;
  /** The dialog that asks for the kiosk's PIN. */
  readonly pin: boolean;
  /** Whether the panels at the start and at the end of a console or shared window are open. */
  readonly start: boolean;
  readonly end: boolean;
  readonly contrast: Contrast;
  /** The command whose key is being held down, until it runs. */
  readonly holding: { readonly id: string; readonly ms: number } | null;
  readonly leaving: 'no' | 'asked' | 'failed';
}

export const viewState = createStore<ViewState>(() => ({
  captions: true,
  statistics: false,
  help: false,
  palette: false,
  pin: false,
  start: true,
  end: true,
  contrast: 'normal',
  holding: null,
  leaving: 'no',
}));
