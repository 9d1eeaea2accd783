import { createStore } from 'zustand/vanilla';

/** Whether the wall's health is open in this window. */
export const healthView = createStore<{ readonly open: boolean }>(() => ({ open: false }));
