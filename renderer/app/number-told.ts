import type { Preset } from '../../core/ptz/ptz.contract.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import type { CommandContext } from '../ui/command.ts';
import { say } from '../ui/notice.ts';
import { sayFault } from '../ui/run-command.ts';
import type { CameraLookup } from './camera-lookup.ts';
import type { Deeds } from './deeds.ts';
import type { NumberKind } from './number-grammar.ts';
import { numberTarget } from './number-target.ts';
import { numberWords } from './number-words.ts';

export interface NumberTold {
  readonly context: () => CommandContext;
  readonly cameras: CameraLookup;
  readonly scenes: () => readonly SceneSummary[];
  readonly presets: () => readonly Preset[] | null;
  readonly deeds: Deeds;
}

/** Does what a number that ended with Enter stands for, or says why not. */
export function createNumberTold(ports: NumberTold): (kind: NumberKind, number: number) => void {
  /** A tile that was asked for and that main has not told of yet: who types fast means this one, not the one before. */
  let asked: { readonly at: TilePlace; answeredWith: TilePlace | null | undefined } | null = null;

  async function select(at: TilePlace, client: CommandContext['client']): Promise<void> {
    const own: NonNullable<typeof asked> = { at, answeredWith: undefined };
    asked = own;
    try {
      await client.call('wall.select', { at });
      own.answeredWith = ports.context().selection;
    } catch (error) {
      if (asked === own) asked = null;
      throw error;
    }
  }
  function contextNow(): CommandContext {
    const context = ports.context();
    const { selection } = context;
    if (asked === null) return context;
    const isTold = selection?.displayId === asked.at.displayId && selection.tile === asked.at.tile;
    const isPast = asked.answeredWith !== undefined && asked.answeredWith !== selection;
    if (isTold || isPast) asked = null;
    return asked === null ? context : { ...context, selection: asked.at };
  }

  async function tell(kind: NumberKind, number: number): Promise<void> {
    // The tile that was selected at Enter, not the one that is when the look-up answers.
    const context = contextNow();
    const camera = kind === 'camera' ? await ports.cameras.byNumber(number).catch(() => undefined) : null;
    const target = numberTarget(kind, number, { context, scenes: ports.scenes(), presets: ports.presets(), camera });
    switch (target.does) {
      case 'put':
        return ports.deeds.put(target.camera.id, target.at);
      case 'select':
        return select(target.at, context.client);
      case 'call':
        return ports.deeds.call(target.number);
      case 'recall':
        return ports.deeds.recall(target.preset.token);
      case 'nothing':
        return say((t) => numberWords(t, target), 'attention');
    }
  }
  return (kind, number) => void tell(kind, number).catch(sayFault);
}
