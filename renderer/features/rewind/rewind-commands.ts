import type { RewindAct, RewindOutcome } from '../../../core/rewind/rewind.contract.ts';
import { mostBackMs } from '../../../core/rewind/rewind-position.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { type Command, type CommandContext, press, type Shortcut } from '../../ui/command.ts';
import { say } from '../../ui/notice.ts';
import type { RewindClient } from './rewind-client.ts';
import { askRewind, awaitedAt, rewindView } from './rewind-view.ts';

/** The selected tile where it shows a camera; else null. */
export function cameraPlace({ selection, displays }: Pick<CommandContext, 'selection' | 'displays'>): TilePlace | null {
  const display = displays.find(({ displayId }) => displayId === selection?.displayId);
  return selection && display?.tiles[selection.tile]?.content.kind === 'camera' ? selection : null;
}

/** Rewinds a tile (null: the whole wall), and says why where that cannot be. */
export async function rewind(client: Pick<RewindClient, 'call'>, at: TilePlace | null, what: RewindAct): Promise<void> {
  const asked = askRewind(at, what);
  let refusal: RewindOutcome['refusal'];
  try {
    ({ refusal } = await client.call('rewind.go', { at, what }));
  } catch (error) {
    asked.refused();
    throw error;
  }
  if (refusal === null) return asked.answered();
  asked.refused();
  say((t) => t(`rewind-refusal.${refusal}`), 'attention');
}

const hasCamera = (context: CommandContext): boolean => cameraPlace(context) !== null;
const awaited = (context: CommandContext) => awaitedAt(rewindView.getState(), cameraPlace(context));
const isRewound = (context: CommandContext): boolean => awaited(context) !== null;
const anyRewound = (): boolean => {
  const { tiles, asked } = rewindView.getState();
  return tiles.length > 0 || asked.some(({ position }) => position !== null);
};
const anyCamera = ({ displays }: CommandContext): boolean =>
  displays.some(({ tiles }) => tiles.some(({ content }) => content.kind === 'camera'));
const go = (context: CommandContext, what: RewindAct): Promise<void> => rewind(context.client, cameraPlace(context), what);

const speedOf = (context: CommandContext): number => awaited(context)?.speed ?? 1;

function back(id: Command['id'], label: Command['label'], byMs: number, shortcut: Shortcut | null, prominent = false): Command {
  return {
    id,
    label,
    shortcut,
    who: 'operator',
    prominent,
    when: hasCamera,
    otherwise: 'rewind-refusal.no-camera',
    run: (context) => go(context, { act: 'back', byMs }),
  };
}

function onRewound(
  id: Command['id'],
  label: Command['label'],
  shortcut: Shortcut,
  run: Command['run'],
  when = isRewound,
): Command {
  return { id, label, shortcut, who: 'operator', when, otherwise: 'rewind-refusal.live', run };
}

/** Looking back at what the selected tile, or the whole wall, has shown. Q W E R lie under one hand. */
export const rewindCommands: readonly Command[] = [
  back('rewind.back-10', 'rewind.back-10', 10_000, press('KeyR', 'R'), true),
  back('rewind.back-30', 'rewind.back-30', 30_000, null),
  back('rewind.back-60', 'rewind.back-60', 60_000, press('KeyR', 'R', { shift: true })),
  back('rewind.oldest', 'rewind.oldest', mostBackMs, press('Home', 'Home')),
  onRewound('rewind.pause', 'rewind.pause', press('KeyE', 'E'), (context) =>
    go(context, { act: 'pace', speed: speedOf(context) === 0 ? 1 : 0 }),
  ),
  onRewound(
    'rewind.step-back',
    'rewind.step-back',
    press('KeyQ', 'Q', { repeat: true }),
    (context) => go(context, { act: 'step', by: -1 }),
    hasCamera,
  ),
  onRewound('rewind.step', 'rewind.step', press('KeyW', 'W', { repeat: true }), (context) => go(context, { act: 'step', by: 1 })),
  onRewound('rewind.slower', 'rewind.slower', press('KeyQ', 'Q', { shift: true }), (context) =>
    go(context, { act: 'faster', by: -1 }),
  ),
  onRewound('rewind.faster', 'rewind.faster', press('KeyW', 'W', { shift: true }), (context) =>
    go(context, { act: 'faster', by: 1 }),
  ),
  onRewound('rewind.live', 'rewind.live', press('End', 'End'), (context) => go(context, { act: 'live' })),
  {
    id: 'rewind.wall-back',
    label: 'rewind.wall-back',
    shortcut: press('KeyR', 'R', { alt: true }),
    who: 'operator',
    when: anyCamera,
    run: ({ client }) => rewind(client, null, { act: 'back', byMs: 10_000 }),
  },
  {
    id: 'rewind.wall-live',
    label: 'rewind.wall-live',
    shortcut: press('End', 'End', { alt: true }),
    who: 'operator',
    when: anyRewound,
    otherwise: 'rewind-refusal.live',
    run: ({ client }) => rewind(client, null, { act: 'live' }),
  },
];

/** One of them by its id, for a button. */
export function rewindCommand(id: string): Command {
  const command = rewindCommands.find((each) => each.id === id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}
