import { ChartLine } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../core/contract.ts';
import { AuditDialog } from '../features/audit/audit-dialog.tsx';
import type { Directory } from '../features/cameras/directory.ts';
import { DirectoryPanel } from '../features/cameras/directory-panel.tsx';
import { DisplayMiniatures } from '../features/displays/display-miniatures.tsx';
import { WorkDisplay } from '../features/displays/work-display.tsx';
import { EvidenceOf } from '../features/evidence/evidence-of.tsx';
import { SecuringLines } from '../features/evidence/securing-lines.tsx';
import { createHealthTrends } from '../features/health/health-trends.ts';
import { LimitsDialog } from '../features/health/limits-dialog.tsx';
import { TileHealth } from '../features/health/tile-health.tsx';
import { WallHealthDialog } from '../features/health/wall-health-dialog.tsx';
import { IncidentsDialog } from '../features/incidents/incidents-dialog.tsx';
import { IncidentsPanel } from '../features/incidents/incidents-panel.tsx';
import { ProgrammesPanel } from '../features/programmes/programmes-panel.tsx';
import { PtzPanel } from '../features/ptz/ptz-panel.tsx';
import { RewindPanel } from '../features/rewind/rewind-panel.tsx';
import { RewoundLine } from '../features/rewind/rewound-line.tsx';
import { ScenesPanel } from '../features/scenes/scenes-panel.tsx';
import { changeWall, putCamera, selectTile } from '../features/wall/change-wall.ts';
import { CommonCauseLines } from '../features/wall/common-cause-lines.tsx';
import { SelectedTile } from '../features/wall/selected-tile.tsx';
import type { ByAddress } from '../media/by-address.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { useCommandContext } from '../ui/command-context.tsx';
import { say } from '../ui/notice.ts';
import { Panel } from '../ui/panel.tsx';
import { useWatched } from '../ui/use-watched.ts';
import { allCommands } from './all-commands.ts';
import { commandById } from './app-commands.ts';
import type { DeedbanClient } from './client.ts';
import { ConsoleShell, SharedShell } from './shell.tsx';
import { StatusLine } from './status-line.tsx';
import { viewState } from './view-state.ts';
import { WorkPanel } from './work-panel.tsx';

interface DeskWindowProps {
  readonly client: DeedbanClient;
  readonly byAddress: ByAddress;
  readonly directory: Directory;
  readonly kind: 'console' | 'shared';
  readonly wall: ReactNode;
  readonly messages: ReactNode;
}

/** Fills the slots of the desk with the features. */
export function DeskWindow({ client, byAddress, directory, kind, wall, messages }: DeskWindowProps) {
  const { t } = useTranslation();
  const commandContext = useCommandContext();
  const statistics = useStore(viewState, (view) => view.statistics);
  // Kept from the beginning, so that who asks sees the minutes before.
  const [trends] = useState(() => createHealthTrends(() => Date.now()));
  useEffect(() => trends.follow(client), [trends, client]);
  const displays = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all');
  const actions = useMemo(
    () => ({
      change: (change: Parameters<typeof changeWall>[1]) => void changeWall(client, change),
      select: (at: Parameters<typeof selectTile>[1]) => void selectTile(client, at),
    }),
    [client],
  );
  // Incidents know that there is evidence, and nothing of it.
  const evidenceToDo = useCallback(
    (cameraName: (id: string) => string) => <SecuringLines client={client} incident={null} cameraName={cameraName} />,
    [client],
  );
  const evidenceOf = useCallback(
    (incident: number, locked: boolean, cameraName: (id: string) => string) => (
      <EvidenceOf {...{ client, byAddress, incident, locked, cameraName }} />
    ),
    [client, byAddress],
  );
  const miniatures = <DisplayMiniatures client={client} byAddress={byAddress} actions={actions} />;
  const desk = {
    client,
    messages,
    status: <StatusLine commands={allCommands} />,
    start: (
      <DirectoryPanel
        client={client}
        directory={directory}
        byAddress={byAddress}
        onChoose={(camera) => {
          const { selection } = commandContext;
          if (selection) void putCamera(client, selection, camera);
          else say((words) => words('cameras.select-first'));
        }}
      />
    ),
    end: (
      <>
        <WorkPanel client={client} />
        <Panel
          title={t('app.selected')}
          actions={
            <CommandButton
              command={commandById('app.statistics')}
              look="quiet"
              aria-pressed={statistics}
              icon={<ChartLine aria-hidden />}
            />
          }
        >
          <SelectedTile client={client} before={<RewoundLine />} />
          {statistics && <TileHealth trends={trends} />}
        </Panel>
        <RewindPanel client={client} />
        <PtzPanel client={client} />
        <IncidentsPanel client={client} evidence={evidenceToDo} />
        {kind === 'shared' && displays !== undefined && displays.length > 1 && (
          <Panel title={t('app.displays')}>{miniatures}</Panel>
        )}
        <ScenesPanel client={client} />
        <ProgrammesPanel client={client} />
      </>
    ),
  };
  return (
    <>
      {kind === 'shared' ? (
        <SharedShell {...desk} wall={wall} />
      ) : (
        <ConsoleShell
          {...desk}
          miniatures={miniatures}
          causes={<CommonCauseLines client={client} place="line" most={3} />}
          stage={<WorkDisplay client={client} byAddress={byAddress} actions={actions} />}
        />
      )}
      <WallHealthDialog client={client} trends={trends} />
      <LimitsDialog client={client} />
      <AuditDialog client={client} byAddress={byAddress} />
      <IncidentsDialog client={client} byAddress={byAddress} evidence={evidenceOf} />
    </>
  );
}
