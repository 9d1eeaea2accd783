import { createStore } from 'zustand/vanilla';

export const incidentLooks = ['list', 'board', 'times'] as const;
export type IncidentLook = (typeof incidentLooks)[number];

/** What this window shows of incidents; forgotten when it closes. */
export interface IncidentsView {
  /** The dialog of all incidents; `number`: one of them is looked at. */
  readonly open: { readonly number: number | null } | null;
  /** How all incidents are shown. */
  readonly look: IncidentLook;
  /** The last flag from this window, and how long it can be taken back (the window's monotonic clock, ms). */
  readonly last: { readonly number: number; readonly untilMs: number } | null;
}

export const incidentsView = createStore<IncidentsView>(() => ({ open: null, look: 'list', last: null }));

export const openIncident = (number: number | null): void => incidentsView.setState({ open: { number } });
