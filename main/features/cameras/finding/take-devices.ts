import type { CameraEntry, Credentials } from '../../../../core/cameras/camera.ts';
import type { CameraPlace } from '../../../../core/cameras/credentials.contract.ts';
import type { FindingRefusal } from '../../../../core/cameras/finding.contract.ts';
import type { DeviceFacts } from '../../../ports/device-finder.ts';
import type { Log } from '../../../ports/log.ts';
import { byNumber } from '../by-number.ts';
import type { CameraLogins } from '../camera-logins.ts';
import type { DirectorySource } from '../directory-source.ts';
import { cameraLinesMax } from '../parse-camera-file.ts';
import { freeCameraId, streamsOf, takenCamera } from './taken-device.ts';

/** A device that was read, with what a technician calls it. */
export interface ChosenDevice {
  readonly control: string;
  readonly facts: DeviceFacts;
  readonly credentials: Credentials | null;
  readonly number: number;
  readonly name: string;
}

interface TakePorts {
  readonly source: DirectorySource;
  readonly logins: Pick<CameraLogins, 'keep' | 'tellChanged'>;
  readonly log: Log;
  readonly thisRunOnly: boolean;
  cameraAt(control: string): CameraEntry | null;
}

type Outcome = { refusal: FindingRefusal | null; added: number; changed: number };

const refused = (refusal: FindingRefusal): Outcome => ({ refusal, added: 0, changed: 0 });

/** Puts devices into the directory with their passwords, all or none. */
export async function takeDevices(ports: TakePorts, place: CameraPlace, chosen: readonly ChosenDevice[]): Promise<Outcome> {
  const { source, log, logins } = ports;
  if (ports.thisRunOnly) return refused('this-run-only');
  await source.whenLoaded();
  const against = source.generation();
  const present = new Map<string, CameraEntry>();
  if (against !== null) for (const entry of source.entries.current()) present.set(entry.camera.id, entry);
  const next = new Map(present);
  const written: CameraEntry[] = [];
  for (const { control, facts, credentials, number, name } of chosen) {
    const streams = streamsOf(facts, credentials);
    if (streams === null) return refused('not-read');
    const before = ports.cameraAt(control);
    const id = before?.camera.id ?? freeCameraId(number, (each) => next.has(each));
    const entry = takenCamera({ before, id, number, name, place, control, facts, addresses: streams.addresses });
    next.set(id, entry);
    written.push(entry);
  }
  const list = byNumber(next.values());
  if (new Set(list.map(({ camera }) => camera.number)).size !== list.length) return refused('number-taken');
  if (list.length > cameraLinesMax) return refused('too-many');
  const unkept = await logins.keep(written);
  if (unkept !== null) return refused(unkept === 'locked' || unkept === 'broken' ? unkept : 'not-saved');
  try {
    if ((await source.replace(list, against)) === 'conflict') return refused('directory-changed');
  } catch (error) {
    log.error('The directory could not be kept', { reason: error instanceof Error ? error.message : 'unknown' });
    return refused('not-saved');
  }
  const changed = written.filter(({ camera }) => present.has(camera.id)).length;
  log.info('Found cameras were taken', { added: written.length - changed, changed });
  logins.tellChanged(written.map(({ camera }) => camera.id));
  return { refusal: null, added: written.length - changed, changed };
}
