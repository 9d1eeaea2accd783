import { parseStreamAddress } from '../../../../core/cameras/address.ts';
import {
  type CameraEntry,
  type CameraId,
  cameraIdSchema,
  type Credentials,
  isEmbedded,
  type StreamAddress,
  type StreamName,
  withFurther,
} from '../../../../core/cameras/camera.ts';
import { chooseProfiles } from '../../../../core/cameras/choose-profiles.ts';
import type { CameraPlace } from '../../../../core/cameras/credentials.contract.ts';
import type { deviceChanges, DeviceFactsShown, FoundProfile } from '../../../../core/cameras/finding.contract.ts';
import type { DeviceFacts, DeviceProfile } from '../../../ports/device-finder.ts';

/** The streams of a device as our gateway would fetch them; null where it names none that can be. */
export function streamsOf(
  facts: DeviceFacts,
  credentials: Credentials | null,
): { readonly addresses: CameraEntry['addresses']; readonly main: DeviceProfile; readonly sub: DeviceProfile | null } | null {
  const playable = facts.profiles.flatMap((profile) => {
    const address = addressOf(profile.url, credentials);
    return address === null ? [] : [{ ...profile, address }];
  });
  const { main, sub } = chooseProfiles(playable);
  if (main === null) return null;
  return { addresses: { main: main.address, ...(sub === null ? {} : { sub: sub.address }) }, main, sub };
}

function addressOf(url: string | null, credentials: Credentials | null): StreamAddress | null {
  const parsed = url === null ? null : parseStreamAddress(url);
  return parsed?.ok === true && isEmbedded(parsed.value)
    ? { ...parsed.value, credentials: credentials ?? parsed.value.credentials }
    : null;
}

/** The camera that a device becomes: a new one, or the one that is at its host with what the device says now. */
export function takenCamera(taken: {
  readonly before: CameraEntry | null;
  readonly id: CameraId;
  readonly number: number;
  readonly name: string;
  readonly place: CameraPlace;
  readonly control: string;
  readonly facts: DeviceFacts;
  readonly addresses: CameraEntry['addresses'];
}): CameraEntry {
  const { before, facts, addresses } = taken;
  const streams = (['main', 'sub'] as const).filter((stream) => addresses[stream] !== undefined);
  const kind = facts.pan || facts.zoom ? ('ptz' as const) : ('fixed' as const);
  const device = { control: taken.control, snapshot: facts.snapshot };
  const own = { id: taken.id, number: taken.number, name: taken.name, kind, streams };
  if (before !== null) {
    const { locked: _was, ...kept } = before;
    return {
      ...kept,
      camera: { ...before.camera, ...own, id: before.camera.id },
      addresses,
      ...furtherOf(before, streams),
      device,
    };
  }
  const camera = { ...own, ...taken.place, position: null, siteKind: null, tags: [], simulated: false };
  return { camera, addresses, device };
}

/** Further ways stay as they are; those of a stream that is gone go with it. */
function furtherOf({ further = {} }: CameraEntry, streams: readonly StreamName[]): Pick<CameraEntry, 'further'> {
  return withFurther(Object.fromEntries(Object.entries(further).filter(([stream]) => streams.some((each) => each === stream))));
}

/** What taking it would do to the camera that is there. */
export function changeOf(
  before: CameraEntry | null,
  facts: DeviceFacts,
  addresses: CameraEntry['addresses'],
): (typeof deviceChanges)[number] {
  if (before === null) return 'add';
  const isSame = (['main', 'sub'] as const).every((stream) => before.addresses[stream]?.url === addresses[stream]?.url);
  const isSameKind = (before.camera.kind === 'ptz') === (facts.pan || facts.zoom);
  return isSame && isSameKind && before.device !== undefined ? 'same' : 'change';
}

/** What a technician sees of it. */
export function shownFacts(
  facts: DeviceFacts,
  chosen: { readonly main: DeviceProfile; readonly sub: DeviceProfile | null },
  proposed: Pick<DeviceFactsShown, 'change' | 'number' | 'name'>,
): DeviceFactsShown {
  const { manufacturer, model, firmware, serialNumber, pan, zoom, presets, clockAheadMs } = facts;
  return {
    manufacturer,
    model,
    firmware,
    serialNumber,
    pan,
    zoom,
    presets: Math.min(1_000, presets),
    clockAheadMs,
    main: shownProfile(chosen.main),
    sub: chosen.sub === null ? null : shownProfile(chosen.sub),
    snapshot: facts.snapshot !== null,
    ...proposed,
  };
}

const shownProfile = ({ width, height, codec, framesPerSecond }: DeviceProfile): FoundProfile => ({
  width: Math.min(100_000, Math.max(0, Math.round(width))),
  height: Math.min(100_000, Math.max(0, Math.round(height))),
  codec,
  framesPerSecond: framesPerSecond === null || framesPerSecond < 0 || framesPerSecond > 1_000 ? null : framesPerSecond,
});

/** An id that nobody has. */
export function freeCameraId(number: number, isTaken: (id: string) => boolean): CameraId {
  let id = `camera-${number}`;
  for (let turn = 2; isTaken(id); turn++) id = `camera-${number}-${turn}`;
  return cameraIdSchema.parse(id);
}
