import { isLanguage, type Language } from './languages.ts';
import { type Contrast, viewState } from './view-state.ts';
import { speak, spokenLanguage } from './words.ts';

/** Where a window keeps how it is looked at: `localStorage`, or nothing where a browser forbids it. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const languageKey = 'deedban.language';
const contrastKey = 'deedban.contrast';
const panelsKey = (displayId: string) => `deedban.panels.${displayId}`;

/** The browser's storage; a policy may forbid even asking for it. */
export function browserMemory(window: Window): Memory {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => {} };
  }
}

function write(memory: Memory, key: string, value: string): void {
  try {
    memory.setItem(key, value);
  } catch {
    // Full or forbidden: it is looked at the same way until the window closes, and the usual way after that.
  }
}

/** The language this machine spoke last; English before anybody chose. */
export function rememberedLanguage(memory: Memory): Language {
  const kept = memory.getItem(languageKey);
  return isLanguage(kept) ? kept : 'en';
}

/** Speaks it, and all windows of this seat that share a storage with this one do too. */
export async function chooseLanguage(memory: Memory, language: Language): Promise<void> {
  await speak(language);
  write(memory, languageKey, language);
}

/** The contrast somebody chose; before that what the system asks for. */
export function startContrast(memory: Memory, window: Pick<Window, 'matchMedia'>): Contrast {
  const kept = memory.getItem(contrastKey);
  if (kept === 'normal' || kept === 'more') return kept;
  return window.matchMedia('(prefers-contrast: more)').matches ? 'more' : 'normal';
}

export function chooseContrast(memory: Memory, contrast: Contrast): void {
  viewState.setState({ contrast });
  write(memory, contrastKey, contrast);
}

/** Opens the panels that were open on this display, and keeps what is changed from now on, until the returned function is called. */
export function keepPanels(memory: Memory, displayId: string): () => void {
  const kept = memory.getItem(panelsKey(displayId));
  if (kept !== null) viewState.setState({ start: kept.includes('start'), end: kept.includes('end') });
  return viewState.subscribe(({ start, end }, before) => {
    if (start === before.start && end === before.end) return;
    write(memory, panelsKey(displayId), [start ? 'start' : '', end ? 'end' : ''].join(' '));
  });
}

/** Follows what another window of this seat chose, and shows the contrast on the page. Returns the way to stop. */
export function followChoices(memory: Memory, window: Window): () => void {
  const show = () => {
    window.document.documentElement.dataset['contrast'] = viewState.getState().contrast;
  };
  const onStorage = (event: StorageEvent) => {
    if (event.key === languageKey && rememberedLanguage(memory) !== spokenLanguage()) void speak(rememberedLanguage(memory));
    if (event.key === contrastKey) viewState.setState({ contrast: startContrast(memory, window) });
  };
  viewState.setState({ contrast: startContrast(memory, window) });
  show();
  const unsubscribe = viewState.subscribe(show);
  window.addEventListener('storage', onStorage);
  return () => {
    unsubscribe();
    window.removeEventListener('storage', onStorage);
  };
}
