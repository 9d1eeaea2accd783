import { create } from 'zustand';

/** How large words are in this window; 1: as on a desk monitor of 1080 lines. What reckons in pixels asks here; style sheets use rem. */
export const useWordScale = create<number>(() => 1);
