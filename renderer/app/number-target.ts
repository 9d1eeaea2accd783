import type { Camera } from '../../core/cameras/camera.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import { tileByNumber } from '../features/wall/work-place.ts';
import type { CommandContext } from '../ui/command.ts';
import type { NumberKind } from './number-grammar.ts';

/** What a typed number would do now, as data; the words are in the strings file. */
export type NumberTarget =
  | { readonly does: 'put'; readonly camera: Camera; readonly at: TilePlace }
  | { readonly does: 'select'; readonly at: TilePlace }
  | { readonly does: 'call'; readonly number: number; readonly name: string }
  | {
      readonly does: 'nothing';
      readonly why: 'no-camera' | 'directory-later' | 'no-tile-selected' | 'no-tile' | 'no-scene' | 'presets-later';
      readonly number: number;
    };

export interface Known {
  readonly context: Pick<CommandContext, 'selection' | 'displays' | 'displayId'>;
  readonly scenes: readonly Pick<SceneSummary, 'number' | 'name'>[];
  /** The camera with this number; null where there is none, undefined where that is not known now. */
  readonly camera: Camera | null | undefined;
}

/** What Enter would do with this number. Tiles are counted from 1 on the display that is worked on. */
export function numberTarget(kind: NumberKind, number: number, { context, scenes, camera }: Known): NumberTarget {
  const nothing = (why: Extract<NumberTarget, { does: 'nothing' }>['why']): NumberTarget => ({ does: 'nothing', why, number });
  switch (kind) {
    case 'camera':
      if (!camera) return nothing(camera === null ? 'no-camera' : 'directory-later');
      return context.selection ? { does: 'put', camera, at: context.selection } : nothing('no-tile-selected');
    case 'tile': {
      const at = tileByNumber(context, number);
      return at ? { does: 'select', at } : nothing('no-tile');
    }
    case 'scene': {
      const scene = scenes.find((each) => each.number === number);
      return scene ? { does: 'call', number, name: scene.name } : nothing('no-scene');
    }
    case 'preset':
      return nothing('presets-later');
  }
}
