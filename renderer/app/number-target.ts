import type { Camera } from '../../core/cameras/camera.ts';
import type { Preset } from '../../core/ptz/ptz.contract.ts';
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
  | { readonly does: 'recall'; readonly camera: Camera; readonly preset: Preset }
  | {
      readonly does: 'nothing';
      readonly why:
        | 'no-camera'
        | 'directory-later'
        | 'no-tile-selected'
        | 'no-tile'
        | 'no-scene'
        | 'not-steered'
        | 'presets-unknown'
        | 'no-preset';
      readonly number: number;
    };

export interface Known {
  readonly context: Pick<CommandContext, 'selection' | 'displays' | 'displayId' | 'steered'>;
  readonly scenes: readonly Pick<SceneSummary, 'number' | 'name'>[];
  /** Of the selected tile's camera; null where they are not known (yet). */
  readonly presets: readonly Preset[] | null;
  /** The camera with this number; null where there is none, undefined where that is not known now. */
  readonly camera: Camera | null | undefined;
}

/** What Enter would do with this number. Tiles are counted from 1 on the display that is worked on. */
export function numberTarget(kind: NumberKind, number: number, { context, scenes, presets, camera }: Known): NumberTarget {
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
    case 'preset': {
      const { selection, steered } = context;
      if (selection === null) return nothing('no-tile-selected');
      // A tile that was asked for a moment ago is not yet the one that is steered.
      if (steered === null || !isSame(steered.at, selection)) return nothing('not-steered');
      if (presets === null) return nothing('presets-unknown');
      const preset = presets.find((each) => each.number === number);
      return preset ? { does: 'recall', camera: steered.camera, preset } : nothing('no-preset');
    }
  }
}

const isSame = (a: TilePlace, b: TilePlace): boolean => a.displayId === b.displayId && a.tile === b.tile;
