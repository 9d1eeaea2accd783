import type { DeedbanContract } from '../../core/contract.ts';
import type { Client } from '../../core/rpc/client.ts';
import type { Contrast, OpenPanels, Preferences } from '../../core/preferences/preferences.contract.ts';
import { say } from '../ui/notice.ts';
import type { Language } from './languages.ts';
import { viewState } from './view-state.ts';
import { loadWords, speak, spokenLanguage } from './words.ts';

/** Main remembers how a seat looks at the program: the profile of a window's browser is gone with the program. */
export type MemoryClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;

/** So long a window waits for main before it paints; a window that main does not answer must say so. */
const firstAnswerMs = 1_500;

/** Speaks it in this window at once, and in all windows of the seat from now on. */
export async function chooseLanguage(client: MemoryClient, language: Language): Promise<void> {
  await speak(language);
  await remember(client, { language });
}

/** Takes it for this window at once, and for all windows of the seat from now on. */
export function chooseContrast(client: MemoryClient, contrast: Contrast): Promise<void> {
  viewState.setState({ contrast });
  return remember(client, { contrast });
}

/**
 * Makes words, direction, contrast and panels what the seat chose, and keeps them so: resolves when the page may be painted without turning
 * round afterwards. Where main does not answer it begins in English, and turns as soon as main is there.
 */
export async function beginView(client: MemoryClient & Pick<Client<DeedbanContract>, 'status'>, window: Window): Promise<void> {
  const first = await firstPreferences(client);
  await loadWords(first?.language ?? 'en');
  const root = window.document.documentElement;
  const panelsNow = (): OpenPanels => ({ start: viewState.getState().start, end: viewState.getState().end });
  let panels = panelsNow();
  const take = (told: Preferences): void => {
    if (told.language !== null && told.language !== spokenLanguage()) void speak(told.language);
    // What is told is not told back.
    panels = told.panels ?? panels;
    viewState.setState({ ...told.panels, contrast: told.contrast ?? systemContrast(window) });
  };
  const showContrast = () => {
    root.dataset['contrast'] = viewState.getState().contrast;
  };
  viewState.setState({ contrast: systemContrast(window) });
  if (first) take(first);
  showContrast();
  viewState.subscribe(() => {
    showContrast();
    const now = panelsNow();
    if (now.start === panels.start && now.end === panels.end) return;
    panels = now;
    void remember(client, { panels: now });
  });
  // For as long as the page lives.
  client.watch('preferences.seat', take);
}

/** What was chosen, or null where main does not answer in time. */
function firstPreferences(client: Pick<Client<DeedbanContract>, 'watch' | 'status'>): Promise<Preferences | null> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const end = (first: Preferences | null) => {
      resolve(first);
      // The watch may have answered while it was being made.
      queueMicrotask(() => stops.splice(0).forEach((stop) => stop()));
    };
    const timer = setTimeout(() => end(null), firstAnswerMs);
    stops.push(
      () => clearTimeout(timer),
      client.status.subscribe((status) => status !== 'open' && status !== 'connecting' && end(null)),
      client.watch('preferences.seat', end),
    );
  });
}

/** The contrast the system asks for, until somebody chooses. */
function systemContrast(window: Pick<Window, 'matchMedia'>): Contrast {
  return window.matchMedia('(prefers-contrast: more)').matches ? 'more' : 'normal';
}

async function remember(client: MemoryClient, change: Partial<Preferences>): Promise<void> {
  const refused = await client.call('preferences.choose', change).then(
    ({ refusal }) => refusal !== null,
    () => true,
  );
  // It was done in this window all the same, which is what was wanted most.
  if (refused) say((t) => t('app.choice-not-kept'), 'attention');
}
