import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CommandContext } from '../../ui/command.ts';

/** The camera of the selected tile; null where it shows none. */
export function selectedCamera({ selection, displays }: Pick<CommandContext, 'selection' | 'displays'>): CameraId | null {
  const display = displays.find(({ displayId }) => displayId === selection?.displayId);
  const content = selection && display?.tiles[selection.tile]?.content;
  return content?.kind === 'camera' ? content.camera : null;
}

/** The number people say, or its id where main does not answer. */
export async function cameraName(client: Pick<CommandContext['client'], 'call'>, id: CameraId): Promise<string> {
  const answer = await client.call('cameras.with-ids', { ids: [id] }).catch(() => null);
  const number = answer?.cameras[0]?.number;
  return number === undefined ? id : String(number);
}
