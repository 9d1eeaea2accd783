import type { Preset } from '../../core/ptz/ptz.contract.ts';
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
  readonly deeds: Deeds;
}

/** Does what a number that ended with Enter stands for, or says why not. */
export function createNumberTold(ports: NumberTold): (kind: NumberKind, number: number) => void {
  async function tell(kind: NumberKind, number: number): Promise<void> {
    // The tile that was selected at Enter, not the one that is when the look-up answers.
    const context = ports.asked.context();
    const camera = kind === 'camera' ? await ports.cameras.byNumber(number).catch(() => undefined) : null;
    const target = numberTarget(kind, number, { context, scenes: ports.scenes(), presets: ports.presets(), camera });
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
  return (kind, number) => void tell(kind, number).catch(sayFault);
}
