import { createStore } from 'zustand/vanilla';

/** Whether the audit log is open in this window. */
export const auditView = createStore<{ readonly open: boolean }>(() => ({ open: false }));
