import { useEffect, useRef } from 'react';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import { ptzView } from '../features/ptz/ptz-view.ts';
import { whenPresetsKnown } from '../features/ptz/when-presets-known.ts';
import type { CommandContext } from '../ui/command.ts';
import { allCommands } from './all-commands.ts';
import { createAskedSelection } from './asked-selection.ts';
import type { CameraLookup } from './camera-lookup.ts';
import type { Deeds } from './deeds.ts';
import { listenToKeys } from './keyboard.ts';
import { createNumberEntry } from './number-entry.ts';
import { createNumberTold } from './number-told.ts';

export interface AppKeys {
  readonly context: CommandContext;
  readonly scenes: readonly SceneSummary[];
  readonly cameras: CameraLookup;
  readonly deeds: Deeds;
}

/** Joins the keyboard of this window to numbers and commands. */
export function useAppKeys({ context, scenes, cameras, deeds }: AppKeys): void {
  const known = useRef({ context, scenes });
  useEffect(() => {
    known.current = { context, scenes };
  }, [context, scenes]);
  useEffect(() => {
    const asked = createAskedSelection(() => known.current.context);
    const told = createNumberTold({
      asked,
      scenes: () => known.current.scenes,
      presets: () => ptzView.getState().presets,
      whenPresetsKnown,
      cameras,
      deeds,
    });
    const entry = createNumberEntry(told);
    const stop = listenToKeys(window, { commands: allCommands, context: asked.context, number: entry.press });
    return () => {
      stop();
      entry.close();
    };
  }, [cameras, deeds]);
}
