import type { TilePlace } from '../../core/wall/wall-change.ts';
import type { CommandContext } from '../ui/command.ts';

/** What keys act on: the tile that was asked for last, also before main has told of it. Who types fast means this one, not the one before. */
export interface AskedSelection {
  readonly context: () => CommandContext;
  /** Main has not told of it yet. */
  isWaiting(): boolean;
  /** Rejects as the call does; the selection is then the one that main tells. */
  select(at: TilePlace): Promise<void>;
}

/** @param told what main has told so far */
export function createAskedSelection(told: () => CommandContext): AskedSelection {
  let asked: { readonly at: TilePlace; answeredWith: TilePlace | null | undefined } | null = null;

  function present(): CommandContext {
    const context = told();
    if (asked === null) return context;
    const { at, answeredWith } = asked;
    const isPast = answeredWith !== undefined && answeredWith !== context.selection;
    if (isSame(context.selection, at) || isPast) {
      asked = null;
      return context;
    }
    // The camera in hand is still that of the tile before: nothing may move it now.
    const steered = context.steered !== null && isSame(context.steered.at, at) ? context.steered : null;
    return { ...context, selection: at, steered };
  }

  return {
    context: present,
    isWaiting() {
      present();
      return asked !== null;
    },
    async select(at) {
      const own: NonNullable<typeof asked> = { at, answeredWith: undefined };
      asked = own;
      try {
        await told().client.call('wall.select', { at });
        own.answeredWith = told().selection;
      } catch (error) {
        if (asked === own) asked = null;
        throw error;
      }
    },
  };
}

function isSame(one: TilePlace | null, other: TilePlace): boolean {
  return one?.displayId === other.displayId && one.tile === other.tile;
}
