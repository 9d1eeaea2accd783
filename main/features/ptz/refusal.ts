import type { PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import { ControlProblem } from '../../ports/camera-control.ts';

class LockedPreset extends Error {}
export const lockedProblem = new LockedPreset('the preset is locked');

/** Why a question to a camera failed; null where it did not. Rejects with what is no fault of a camera. */
export async function refusalOf(asked: Promise<unknown>): Promise<PtzRefusal | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (error instanceof LockedPreset) return 'preset-locked';
    if (error instanceof ControlProblem) return error.problem;
    throw error;
  }
}

/** A camera's answer as the contract has it; `none` with the refusal where it failed. */
export async function answered<T, A, E extends object>(
  asked: Promise<T>,
  said: (value: T) => A,
  none: E,
): Promise<A | (E & { refusal: PtzRefusal })> {
  try {
    return said(await asked);
  } catch (error) {
    if (error instanceof ControlProblem) return { refusal: error.problem, ...none };
    throw error;
  }
}
