import { createStore } from 'zustand/vanilla';

/** Whether the wall's health, or the form of its limits, is open in this window. */
export const healthView = createStore<{ readonly open: boolean; readonly limits: boolean }>(() => ({
  open: false,
  limits: false,
}));
