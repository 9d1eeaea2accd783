import { createStore } from 'zustand/vanilla';

/** What this window shows besides the wall itself; forgotten when it closes. */
export interface ViewState {
  readonly captions: boolean;
  readonly statistics: boolean;
  readonly help: boolean;
  readonly leaving: 'no' | 'holding' | 'asked' | 'failed';
}

export const viewState = createStore<ViewState>(() => ({ captions: true, statistics: false, help: false, leaving: 'no' }));
