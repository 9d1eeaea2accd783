import { createStore } from 'zustand/vanilla';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Preset } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import type { SteeringDesk } from './steering-desk.ts';

/** Which dialog of steering is open in this window; one at a time. */
export type PtzDialog =
  /** `preset` null: a new one, of where the camera looks now. */
  | { readonly what: 'preset'; readonly camera: CameraId; readonly preset: Preset | null }
  | { readonly what: 'delete-preset'; readonly camera: CameraId; readonly preset: Preset }
  | { readonly what: 'tour'; readonly camera: CameraId }
  | { readonly what: 'duty'; readonly camera: CameraId };

/** What this window knows and shows of steering; forgotten when it closes. */
export interface PtzView {
  readonly target: PtzTarget | null;
  /** This seat may command cameras at all. */
  readonly mayCommand: boolean;
  /** Null before the window's line to main is laid. */
  readonly desk: SteeringDesk | null;
  /** The target's presets; null: not read yet. */
  readonly presets: readonly Preset[] | null;
  readonly dialog: PtzDialog | null;
}

export const ptzView = createStore<PtzView>(() => ({ target: null, mayCommand: false, desk: null, presets: null, dialog: null }));

export const openPtzDialog = (dialog: PtzDialog): void => ptzView.setState({ dialog });
export const closePtzDialog = (): void => ptzView.setState({ dialog: null });
