import { useMemo } from 'react';
import type { DeedbanContract } from '../../core/contract.ts';
import { useStore } from 'zustand';
import { ptzView } from '../features/ptz/ptz-view.ts';
import type { CommandContext } from '../ui/command.ts';
import { useWatched } from '../ui/use-watched.ts';
import type { DeedbanClient } from './client.ts';

const noHistory = { undo: 0, redo: 0 };

/** What commands may know, kept from the contract's states. */
export function useAppContext(client: DeedbanClient): CommandContext {
  const about = useWatched<DeedbanContract, 'host.about'>(client, 'host.about') ?? null;
  const seat = useWatched<DeedbanContract, 'access.seat'>(client, 'access.seat') ?? null;
  const window = useWatched<DeedbanContract, 'displays.window'>(client, 'displays.window');
  const selection = useWatched<DeedbanContract, 'wall.selection'>(client, 'wall.selection') ?? null;
  const displays = useWatched<DeedbanContract, 'wall.displays'>(client, 'wall.displays');
  const history = useWatched<DeedbanContract, 'wall.history'>(client, 'wall.history') ?? noHistory;
  const steered = useStore(ptzView, (view) => view.target);
  const windowKind = window?.kind ?? null;
  const displayId = window?.displayId ?? null;
  return useMemo(
    () => ({ client, about, seat, windowKind, displayId, selection, displays: displays ?? [], steered, history }),
    [client, about, seat, windowKind, displayId, selection, displays, steered, history],
  );
}
