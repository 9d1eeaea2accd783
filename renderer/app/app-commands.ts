import { type Command, type CommandContext, press } from '../ui/command.ts';
import { say } from '../ui/notice.ts';
import { chooseContrast, chooseLanguage } from './view-memory.ts';
import { viewState } from './view-state.ts';
import { spokenLanguage } from './words.ts';
import type { Language } from './languages.ts';

const hasPanels = ({ windowKind }: CommandContext) => windowKind === 'console' || windowKind === 'shared';
const inKiosk = ({ about }: CommandContext) => about?.abilities.kiosk.on === true;

const speakCommand = (language: Language, label: Command['label']): Command => ({
  id: `app.speak-${language}`,
  label,
  shortcut: null,
  when: () => spokenLanguage() !== language,
  run: ({ client }) => chooseLanguage(client, language),
});

/** The commands of the shell itself. */
export const appCommands: readonly Command[] = [
  {
    id: 'app.palette',
    label: 'command.palette',
    shortcut: press('KeyK', 'K', { ctrl: true }),
    prominent: true,
    when: () => true,
    run: () => viewState.setState({ palette: true, help: false }),
  },
  {
    id: 'app.help',
    label: 'command.help',
    shortcut: press('Slash', '?', { shift: true }),
    also: [press('F1', 'F1')],
    prominent: true,
    when: () => true,
    run: () => viewState.setState({ help: true, palette: false }),
  },
  {
    id: 'app.captions',
    label: 'command.captions',
    shortcut: press('KeyC', 'C'),
    when: () => true,
    run: () => viewState.setState(({ captions }) => ({ captions: !captions })),
  },
  {
    id: 'app.statistics',
    label: 'command.statistics',
    shortcut: press('KeyI', 'I'),
    when: () => true,
    run: () => viewState.setState(({ statistics }) => ({ statistics: !statistics })),
  },
  {
    id: 'app.panels',
    label: 'command.panels',
    shortcut: press('F10', 'F10'),
    prominent: true,
    when: hasPanels,
    run: () => viewState.setState(({ start, end }) => ({ start: !(start || end), end: !(start || end) })),
  },
  {
    id: 'app.panel-start',
    label: 'command.panel-start',
    shortcut: press('KeyB', 'B', { ctrl: true }),
    when: hasPanels,
    run: () => viewState.setState(({ start }) => ({ start: !start })),
  },
  {
    id: 'app.panel-end',
    label: 'command.panel-end',
    shortcut: press('KeyB', 'B', { ctrl: true, alt: true }),
    when: hasPanels,
    run: () => viewState.setState(({ end }) => ({ end: !end })),
  },
  {
    id: 'app.contrast',
    label: 'command.contrast',
    shortcut: null,
    when: () => true,
    run: ({ client }) => chooseContrast(client, viewState.getState().contrast === 'more' ? 'normal' : 'more'),
  },
  speakCommand('en', 'command.speak-en'),
  speakCommand('ur', 'command.speak-ur'),
  speakCommand('ps', 'command.speak-ps'),
  {
    id: 'app.full-screen',
    label: 'command.full-screen',
    shortcut: press('F11', 'F11'),
    // A window that the host itself made full screen has nothing to toggle.
    when: ({ about }) => about !== null && !about.abilities.leave && document.fullscreenEnabled,
    run: () => toggleFullScreen(),
  },
  {
    id: 'app.leave',
    label: 'command.leave',
    shortcut: press('Escape', 'Esc', { holdMs: 2_000 }),
    when: (context) => context.about?.abilities.leave === true && !inKiosk(context),
    run: ({ client }) => {
      viewState.setState({ leaving: 'asked' });
      return client.call('host.leave', { pin: null }).then(
        ({ outcome }) => {
          if (outcome === 'leaving') return;
          viewState.setState({ leaving: 'no', pin: outcome === 'pin-needed' });
          if (outcome !== 'pin-needed') say((t) => t('leave.refused'), 'attention');
        },
        () => viewState.setState({ leaving: 'failed' }),
      );
    },
  },
  {
    id: 'app.leave-kiosk',
    label: 'command.leave-kiosk',
    shortcut: press('KeyK', 'K', { ctrl: true, alt: true, shift: true, holdMs: 2_000 }),
    when: inKiosk,
    run: () => viewState.setState({ pin: true, help: false, palette: false }),
  },
];

async function toggleFullScreen(): Promise<void> {
  // The browser may say no (no gesture, a policy); then it simply stays as it is.
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
  else await document.documentElement.requestFullscreen().catch(() => {});
}

/** A command of the shell, for a button. */
export function commandById(id: Command['id']): Command {
  const found = appCommands.find((command) => command.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}
