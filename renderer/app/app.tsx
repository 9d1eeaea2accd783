import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../core/contract.ts';
import { Wall } from '../features/wall/wall.tsx';
import type { WallStreams } from '../features/wall/wall-streams.ts';

import { useWatched } from '../ui/use-watched.ts';
import styles from './app.module.css';
import type { DeedbanClient } from './client.ts';
import type { CommandContext } from './commands.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Help } from './help.tsx';
import { listenToKeys } from './keyboard.ts';
import { Leaving } from './leaving.tsx';
import { StatusBar } from './status-bar.tsx';
import { viewState } from './view-state.ts';

/** The shell of a wall's window: the wall, and around it only what must be said. */
export function App({ client, streams }: { readonly client: DeedbanClient; readonly streams: WallStreams }) {
  const about = useWatched<DeedbanContract, 'host.about'>(client, 'host.about') ?? null;
  const { captions, statistics, help } = useStore(viewState);
  const context = useRef<CommandContext>({ client, about });
  useEffect(() => {
    context.current = { client, about };
  }, [client, about]);
  useEffect(() => listenToKeys(window, () => context.current), []);

  return (
    <ErrorBoundary>
      <div className={styles.shell}>
        <div className={styles.stage}>
          <Wall client={client} streams={streams} captions={captions} statistics={statistics} />
          {help && <Help context={{ client, about }} />}
          <Leaving />
        </div>
        <StatusBar client={client} about={about} />
      </div>
    </ErrorBoundary>
  );
}
