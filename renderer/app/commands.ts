import type { ParseKeys } from 'i18next';
import type { HostAbout } from '../../core/host/host.contract.ts';
import type { DeedbanClient } from './client.ts';
import { viewState } from './view-state.ts';

export interface CommandContext {
  readonly client: DeedbanClient;
  /** Null until main has told. */
  readonly about: HostAbout | null;
}

/** A key by its place on the keyboard (KeyboardEvent.code), so that it is the same key under every layout. */
export interface Shortcut {
  readonly code: string;
  readonly shift: boolean;
  /** How long it is held before it counts; 0 counts at once. */
  readonly holdMs: number;
  /** What is printed on the key. */
  readonly shown: string;
}

/** One thing an operator can do. Keyboard, help page and, later, buttons and palette all read this entry. */
export interface Command {
  readonly id: string;
  readonly label: ParseKeys;
  readonly shortcut: Shortcut;
  when(context: CommandContext): boolean;
  run(context: CommandContext): void;
}

const press = (code: string, shown: string, shift = false): Shortcut => ({ code, shift, holdMs: 0, shown });

export const commands: readonly Command[] = [
  {
    id: 'captions',
    label: 'command.captions',
    shortcut: press('KeyC', 'C'),
    when: () => true,
    run: () => viewState.setState(({ captions }) => ({ captions: !captions })),
  },
  {
    id: 'statistics',
    label: 'command.statistics',
    shortcut: press('KeyS', 'S'),
    when: () => true,
    run: () => viewState.setState(({ statistics }) => ({ statistics: !statistics })),
  },
  {
    id: 'full-screen',
    label: 'command.full-screen',
    shortcut: press('F11', 'F11'),
    // A window that the host itself made full screen has nothing to toggle.
    when: ({ about }) => document.fullscreenEnabled && about?.abilities.leave !== true,
    run: () => void toggleFullScreen(),
  },
  {
    id: 'help',
    label: 'command.help',
    shortcut: press('Slash', '?', true),
    when: () => true,
    run: () => viewState.setState(({ help }) => ({ help: !help })),
  },
  {
    id: 'leave',
    label: 'command.leave',
    shortcut: { code: 'Escape', shift: false, holdMs: 2_000, shown: 'Esc' },
    when: ({ about }) => about?.abilities.leave === true,
    run: ({ client }) => {
      viewState.setState({ leaving: 'asked' });
      client.call('host.leave', {}).catch(() => viewState.setState({ leaving: 'failed' }));
    },
  },
];

async function toggleFullScreen(): Promise<void> {
  // The browser may say no (no gesture, a policy); then it simply stays as it is.
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
  else await document.documentElement.requestFullscreen().catch(() => {});
}
