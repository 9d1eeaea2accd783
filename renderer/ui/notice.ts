import type { TFunction } from 'i18next';
import { createStore } from 'zustand/vanilla';

export type NoticeTone = 'calm' | 'attention' | 'danger';

/** One quiet line that says what happened. */
export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  /** Its words, in whatever language is spoken now. */
  readonly words: (t: TFunction) => string;
  readonly atUtcMs: number;
}

/** So many are kept; an older one nobody reads any more. */
export const mostNotices = 50;

/** What this window has said, the newest first; forgotten when it closes. */
export const notices = createStore<{ readonly list: readonly Notice[] }>(() => ({ list: [] }));

let lastId = 0;

/** Says a line, for example `say((t) => t('fault.busy'))`. */
export function say(words: (t: TFunction) => string, tone: NoticeTone = 'calm'): void {
  lastId += 1;
  const notice: Notice = { id: lastId, tone, words, atUtcMs: Date.now() };
  notices.setState(({ list }) => ({ list: [notice, ...list].slice(0, mostNotices) }));
}

/** Takes a line away; without an id, all of them. */
export function unsay(id?: number): void {
  notices.setState(({ list }) => ({ list: id === undefined ? [] : list.filter((each) => each.id !== id) }));
}
