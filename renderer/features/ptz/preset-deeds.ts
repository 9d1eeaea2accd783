import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Preset, PtzOutcome } from '../../../core/ptz/ptz.contract.ts';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { readPresets } from './follow-target.ts';
import type { PtzClient } from './ptz-client.ts';
import { sayPtz } from './say-ptz.ts';

type Client = Pick<PtzClient, 'call'>;

export interface PresetWords {
  readonly name: string;
  readonly number: number | null;
  readonly locked: boolean;
}

/** Saves where the camera looks now as a new preset, with what people call it. Resolves with why not; null: done, or said. */
export async function saveNewPreset(client: Client, camera: CameraId, words: PresetWords): Promise<PtzOutcome | null> {
  const saved = await client.call('ptz.save-preset', { camera, token: null, name: words.name });
  if (saved.refusal !== null || saved.token === null) return saved;
  return describePreset(client, camera, { ...words, token: saved.token });
}

/** Keeps name, number and lock of a preset. Resolves with why not. */
export async function describePreset(client: Client, camera: CameraId, preset: Preset): Promise<PtzOutcome | null> {
  const outcome = await client.call('ptz.describe-preset', { camera, ...preset });
  await readPresets(client);
  if (outcome.refusal !== null) return outcome;
  say((t) => t('ptz.saved', { name: preset.name }));
  return null;
}

/** Lets a preset be where the camera looks now. */
export async function overwritePreset(client: Client, camera: CameraId, number: number, { token, name }: Preset): Promise<void> {
  try {
    const outcome = await client.call('ptz.save-preset', { camera, token, name });
    if (outcome.refusal === null) say((t) => t('ptz.saved', { name }));
    else sayPtz(outcome, number);
  } catch (error) {
    sayFault(error);
  }
}

export async function deletePreset(client: Client, camera: CameraId, number: number, { token, name }: Preset): Promise<void> {
  try {
    const outcome = await client.call('ptz.delete-preset', { camera, token });
    if (outcome.refusal === null) say((t) => t('ptz.deleted', { name }));
    else sayPtz(outcome, number);
    await readPresets(client);
  } catch (error) {
    sayFault(error);
  }
}
