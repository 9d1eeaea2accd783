import { magnificationOf } from '../../../core/ptz/lens.ts';
import type { PtzAbilities } from '../../../core/ptz/abilities.ts';
import { readServices } from './device-service.ts';
import { type LensOptions, readLensOptions } from './imaging-service.ts';
import { type MediaProfile, readProfiles } from './media-service.ts';
import { OnvifFailure } from './onvif-failure.ts';
import type { OnvifSession } from './onvif-session.ts';
import { readTours } from './preset-tours.ts';
import { readMoveTimeouts, readPtzConfigurations, readPtzNodes } from './ptz-node.ts';
import { type PtzMount, readStatus } from './ptz-service.ts';

/** How a device is steered: read once, in a handful of questions. */
export interface OnvifSteering {
  readonly mount: PtzMount;
  /** The picture's source, which focus and iris belong to. */
  readonly source: string | null;
  readonly lens: LensOptions | null;
  readonly abilities: PtzAbilities;
  readonly ptzPath: string | null;
}

/** Rejects with `OnvifFailure`: `not-able` where the device has no PTZ. */
export async function readSteering(session: OnvifSession): Promise<OnvifSteering> {
  const services = await readServices(session);
  if (!services.has('ptz')) throw new OnvifFailure('not-able', 'the camera has no PTZ service');
  const [profiles, nodes] = await Promise.all([readProfiles(session), readPtzNodes(session)]);
  const profile = profiles.find(({ ptzNode }) => ptzNode !== null) ?? profiles[0];
  const node = nodes.find(({ token }) => token === profile?.ptzNode) ?? nodes[0];
  if (profile === undefined || node === undefined) throw new OnvifFailure('not-able', 'the camera has nothing to steer');
  const configuration = await unlessAnswered(readPtzConfigurations(session));
  const timeouts = await unlessAnswered(readMoveTimeouts(session, configuration?.get(node.token) ?? ''));
  const mount: PtzMount = { profile: profile.token, node, timeouts };
  const lens = services.has('imaging') ? await lensOf(session, profile) : null;
  const status = await unlessAnswered(readStatus(session, mount));
  // Some count tours and know nothing of them when they are asked.
  const tours = node.mostTours > 0 ? await unlessAnswered(readTours(session, mount)) : null;
  const { velocity, relative, relativeFov, zoomFov, absolute, focal, angles } = node;
  return {
    mount,
    source: profile.videoSource,
    lens,
    ptzPath: session.path('ptz'),
    abilities: {
      continuous: axes(velocity),
      relative: { panTilt: relative.panTilt !== null || relativeFov !== null, zoom: relative.zoom !== null || zoomFov !== null },
      relativeToPicture: relativeFov !== null,
      zoomByPicture: zoomFov !== null,
      absolute: axes(absolute),
      angles,
      magnification: focal === null ? null : magnificationOf(focal),
      status: status !== null && status.position !== null,
      mostPresets: node.mostPresets,
      home: node.home,
      homeSettable: node.home && !node.homeFixed,
      mostTours: tours === null ? 0 : node.mostTours,
      focus: lens !== null && (lens.focusSpeed !== null || lens.autoFocus),
      iris: lens !== null && lens.iris !== null,
      auxiliary: [...node.auxiliary],
    },
  };
}

function axes({ panTilt, zoom }: { readonly panTilt: unknown; readonly zoom: unknown }) {
  return { panTilt: panTilt !== null, zoom: zoom !== null };
}

async function lensOf(session: OnvifSession, { videoSource }: MediaProfile): Promise<LensOptions | null> {
  return videoSource === null ? null : unlessAnswered(readLensOptions(session, videoSource));
}

/** What a device refuses to tell it cannot do; where it does not answer at all, nothing is known yet. */
async function unlessAnswered<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof OnvifFailure && ['fault', 'not-able', 'gone', 'not-understood', 'too-large'].includes(error.code))
      return null;
    throw error;
  }
}
