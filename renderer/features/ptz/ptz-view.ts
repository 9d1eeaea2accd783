import { createStore } from 'zustand/vanilla';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { ListedPreset } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import type { ByAddress } from '../../media/by-address.ts';
import type { SteeringDesk } from './steering-desk.ts';

/** Which dialog of steering is open in this window; one at a time. */
export type PtzDialog =
  /** `preset` null: a new one, of where the camera looks now. */
  | { readonly what: 'preset'; readonly camera: CameraId; readonly preset: ListedPreset | null }
  | { readonly what: 'delete-preset'; readonly camera: CameraId; readonly preset: ListedPreset }
  | { readonly what: 'set-home'; readonly camera: CameraId }
  | { readonly what: 'position'; readonly camera: CameraId }
  | { readonly what: 'lens'; readonly camera: CameraId }
  | { readonly what: 'tour'; readonly camera: CameraId }
  | { readonly what: 'duty'; readonly camera: CameraId };

/** What this window knows and shows of steering; forgotten when it closes. */
export interface PtzView {
  readonly target: PtzTarget | null;
  /** This seat may command cameras at all. */
  readonly mayCommand: boolean;
  /** Null before the window's line to main is laid. */
  readonly desk: SteeringDesk | null;
  /** Asks the target once more what it can do, where that failed; null before the window's line to main is laid. */
  readonly readAgain: (() => void) | null;
  /** The target's presets; null: not read yet. */
  readonly presets: readonly ListedPreset[] | null;
  readonly dialog: PtzDialog | null;
  /** Where pictures of presets come from; null as long as steering has not begun. */
  readonly byAddress: ByAddress | null;
}

export const ptzView = createStore<PtzView>(() => ({
  target: null,
  mayCommand: false,
  desk: null,
  readAgain: null,
  presets: null,
  dialog: null,
  byAddress: null,
}));

export const openPtzDialog = (dialog: PtzDialog): void => ptzView.setState({ dialog });
export const closePtzDialog = (): void => ptzView.setState({ dialog: null });
