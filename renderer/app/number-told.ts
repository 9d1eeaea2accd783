import type { Preset } from '../../core/ptz/ptz.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import { say } from '../ui/notice.ts';
import { sayFault } from '../ui/run-command.ts';
import type { AskedSelection } from './asked-selection.ts';
import type { CameraLookup } from './camera-lookup.ts';
import type { Deeds } from './deeds.ts';
import type { NumberKind } from './number-grammar.ts';
import { numberTarget } from './number-target.ts';
import { numberWords } from './number-words.ts';

export interface NumberTold {
  readonly asked: AskedSelection;
  readonly cameras: CameraLookup;
  readonly scenes: () => readonly SceneSummary[];
  readonly presets: () => readonly Preset[] | null;
  /** Resolves when the presets of the camera in this tile are known, or will not be soon. */
  readonly whenPresetsKnown: (at: TilePlace) => Promise<void>;
  readonly deeds: Deeds;
}

/** Does what a number that ended with Enter stands for, or says why not. */
export function createNumberTold(ports: NumberTold): (kind: NumberKind, number: number) => void {
  async function tell(kind: NumberKind, number: number): Promise<void> {
    // The tile that was selected at Enter, not the one that is when the look-up answers.
    const context = ports.asked.context();
    const camera = kind === 'camera' ? await ports.cameras.byNumber(number).catch(() => undefined) : null;
    const present = () =>
      numberTarget(kind, number, { context: ports.asked.context(), scenes: ports.scenes(), presets: ports.presets(), camera });
    let target = numberTarget(kind, number, { context, scenes: ports.scenes(), presets: ports.presets(), camera });
    if (target.does === 'nothing' && context.selection !== null && mayComeYet(target.why)) {
      await ports.whenPresetsKnown(context.selection);
      // Who turned elsewhere meanwhile does not mean the camera there, nor one that came into the tile.
      const { selection, steered } = ports.asked.context();
      const isSameCamera = context.steered === null || context.steered.camera.id === steered?.camera.id;
      if (isSameCamera && isSamePlace(selection, context.selection)) target = present();
    }
    switch (target.does) {
      case 'put':
        return ports.deeds.put(target.camera.id, target.at);
      case 'select':
        return ports.asked.select(target.at);
      case 'call':
        return ports.deeds.call(target.number);
      case 'recall':
        return ports.deeds.recall(target.preset.token);
      case 'nothing':
        return say((t) => numberWords(t, target), 'attention');
    }
  }
  function mayComeYet(why: string): boolean {
    return why === 'presets-unknown' || (why === 'not-steered' && ports.asked.isWaiting());
  }
  return (kind, number) => void tell(kind, number).catch(sayFault);
}

function isSamePlace(one: TilePlace | null, other: TilePlace): boolean {
  return one?.displayId === other.displayId && one.tile === other.tile;
}
