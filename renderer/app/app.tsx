import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../core/contract.ts';
import type { RewoundTile } from '../../core/rewind/rewind.contract.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import type { Directory } from '../features/cameras/directory.ts';
import { IdentifyOverlay } from '../features/displays/identify-overlay.tsx';
import { MiniatureMaker } from '../features/displays/miniature-maker.tsx';
import { IncidentTag } from '../features/incidents/incident-tag.tsx';
import { PtzTag } from '../features/ptz/ptz-tag.tsx';
import { RewoundPicture } from '../features/rewind/rewound-picture.tsx';
import { LayoutDialog } from '../features/wall/layout-dialog.tsx';
import { Wall } from '../features/wall/wall.tsx';
import type { WallStreams } from '../features/wall/wall-streams.ts';
import type { ByAddress } from '../media/by-address.ts';
import type { Rewinds } from '../media/rewinds.ts';
import { CommandContextProvider } from '../ui/command-context.tsx';
import { useWatched } from '../ui/use-watched.ts';
import { AppLayers } from './app-layers.tsx';
import type { CameraLookup } from './camera-lookup.ts';
import type { DeedbanClient } from './client.ts';
import { createDeeds } from './deeds.ts';
import { DeskWindow } from './desk-window.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { directionOf } from './languages.ts';
import { ProgramMessages } from './program-messages.tsx';
import { WallShell } from './shell.tsx';
import { useAppContext } from './use-app-context.ts';
import { useAppKeys } from './use-app-keys.ts';
import { viewState } from './view-state.ts';
import { Waiting } from './waiting.tsx';
import { spokenLanguage } from './words.ts';

export interface AppProps {
  readonly client: DeedbanClient;
  readonly streams: WallStreams;
  readonly byAddress: ByAddress;
  readonly directory: Directory;
  readonly cameras: CameraLookup;
  readonly rewinds: Rewinds;
}

const noScenes: readonly SceneSummary[] = [];

/** A window: the shell of its kind, and over it what every kind has. */
export function App({ client, streams, byAddress, directory, cameras, rewinds }: AppProps) {
  // Everything below is said anew, and laid out in the other direction, when another language is spoken.
  useTranslation();
  const context = useAppContext(client);
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list') ?? noScenes;
  const { captions, statistics } = useStore(viewState);
  const { windowKind, about } = context;
  const deeds = useMemo(() => createDeeds(client), [client]);
  useAppKeys({ context, scenes, cameras, deeds });

  // Outside of the tiles' features: a tile knows that there are tags, and nothing of steering or incidents.
  const cameraTag = useCallback(
    (camera: Camera) => (
      <>
        <IncidentTag client={client} camera={camera} />
        <PtzTag client={client} camera={camera} />
      </>
    ),
    [client],
  );
  const rewoundPicture = useCallback(
    (tile: RewoundTile, sources: readonly string[]) => (
      <RewoundPicture client={client} rewinds={rewinds} tile={tile} sources={sources} />
    ),
    [client, rewinds],
  );
  const messages = <ProgramMessages client={client} about={about} />;
  const wall = (
    <Wall
      client={client}
      streams={streams}
      byAddress={byAddress}
      windowKind={windowKind}
      captions={captions}
      statistics={statistics}
      cameraTag={cameraTag}
      rewoundPicture={rewoundPicture}
    />
  );
  return (
    <ErrorBoundary>
      <CSPProvider disableStyleElements>
        <DirectionProvider direction={directionOf(spokenLanguage())}>
          <Tooltip.Provider delay={500}>
            <CommandContextProvider value={context}>
              {windowKind === null || windowKind === 'wall' ? (
                // The kind is told before anything else; until then no tile opens that would have to move into another shell.
                <WallShell wall={windowKind === null ? <Waiting /> : wall} messages={messages} />
              ) : (
                <DeskWindow
                  client={client}
                  byAddress={byAddress}
                  directory={directory}
                  kind={windowKind}
                  wall={wall}
                  messages={messages}
                />
              )}
              {(windowKind === 'wall' || windowKind === 'shared') && <MiniatureMaker client={client} byAddress={byAddress} />}
              <IdentifyOverlay client={client} />
              <LayoutDialog client={client} />
              <AppLayers client={client} cameras={cameras} scenes={scenes} deeds={deeds} />
            </CommandContextProvider>
          </Tooltip.Provider>
        </DirectionProvider>
      </CSPProvider>
    </ErrorBoundary>
  );
}
