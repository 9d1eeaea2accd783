import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import { useStore } from 'zustand';
import { ProgrammeDialogs } from '../features/programmes/programme-dialogs.tsx';
import { PtzDialogs } from '../features/ptz/ptz-dialogs.tsx';
import { SceneDialogs } from '../features/scenes/scene-dialogs.tsx';
import { useCommandContext } from '../ui/command-context.tsx';
import { sayFault } from '../ui/run-command.ts';
import { allCommands } from './all-commands.ts';
import type { CameraLookup } from './camera-lookup.ts';
import type { DeedbanClient } from './client.ts';
import type { Deeds } from './deeds.ts';
import { Help } from './help.tsx';
import { KioskPin } from './kiosk-pin.tsx';
import { Leaving } from './leaving.tsx';
import { NumberShown } from './number-shown.tsx';
import { Palette } from './palette.tsx';
import { viewState } from './view-state.ts';

interface AppLayersProps {
  readonly client: DeedbanClient;
  readonly cameras: CameraLookup;
  readonly scenes: readonly SceneSummary[];
  readonly deeds: Deeds;
}

/** What lies over every kind of window while it is needed: the typed number, the ring of a held key, help, palette, PIN. */
export function AppLayers({ client, cameras, scenes, deeds }: AppLayersProps) {
  const { selection } = useCommandContext();
  const { help, palette, pin } = useStore(viewState);
  return (
    <>
      <NumberShown cameras={cameras} scenes={scenes} />
      <Leaving commands={allCommands} />
      {help && <Help commands={allCommands} />}
      {palette && (
        <Palette
          commands={allCommands}
          cameras={cameras}
          scenes={scenes}
          onCamera={(camera) => void deeds.put(camera.id, selection).catch(sayFault)}
          onScene={(number) => void deeds.call(number).catch(sayFault)}
        />
      )}
      <SceneDialogs client={client} />
      <ProgrammeDialogs client={client} />
      <PtzDialogs client={client} />
      {pin && <KioskPin client={client} />}
    </>
  );
}
