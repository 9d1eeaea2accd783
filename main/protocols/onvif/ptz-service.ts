import { deviceTimeoutMs } from '../../../core/ptz/motion-life.ts';
import type { PtzPosition, PtzTranslation, Velocity } from '../../../core/ptz/velocity.ts';
import { OnvifFailure } from './onvif-failure.ts';
import type { OnvifSession } from './onvif-session.ts';
import type { NumberRange, PtzNode } from './ptz-node.ts';
import { fromRange, fromWhole, pictureVectorXml, vectorXml } from './ptz-vector.ts';
import { child, numberOf, textOf } from './read-xml.ts';
import { escapeXml, secondsText } from './xml-text.ts';

/** A profile of a device through which it is steered, and what its node can do. */
export interface PtzMount {
  readonly profile: string;
  readonly node: PtzNode;
  /** What the device takes as a move's timeout, ms; null: it did not say. */
  readonly timeouts: NumberRange | null;
}

const profileXml = ({ profile }: Pick<PtzMount, 'profile'>) => `<tptz:ProfileToken>${escapeXml(profile)}</tptz:ProfileToken>`;

/** PTZ §5.3.3. With the timeout after which the device stops by itself, within what it takes. */
export async function continuousMove(session: OnvifSession, mount: PtzMount, velocity: Velocity): Promise<void> {
  const { timeouts, node } = mount;
  const timeoutMs = timeouts === null ? deviceTimeoutMs : Math.min(timeouts.max, Math.max(timeouts.min, deviceTimeoutMs));
  const vector = vectorXml(node.velocity, velocity, { zoomIsWhole: false });
  const body = `<tptz:ContinuousMove>${profileXml(mount)}<tptz:Velocity>${vector}</tptz:Velocity><tptz:Timeout>${secondsText(timeoutMs)}</tptz:Timeout></tptz:ContinuousMove>`;
  await session.ask('ptz', 'ContinuousMove', body);
}

/** PTZ §5.3.5, of pan, tilt and zoom. */
export async function stopMove(session: OnvifSession, mount: Pick<PtzMount, 'profile'>, limitMs?: number): Promise<void> {
  const body = `<tptz:Stop>${profileXml(mount)}<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom></tptz:Stop>`;
  await session.ask('ptz', 'Stop', body, { urgent: true, ...(limitMs === undefined ? {} : { limitMs }) });
}

/** What stops a device that rejects Stop: a continuous move that moves nothing. */
export async function zeroMove(session: OnvifSession, mount: Pick<PtzMount, 'profile'>, limitMs?: number): Promise<void> {
  const body = `<tptz:ContinuousMove>${profileXml(mount)}<tptz:Velocity><tt:PanTilt x="0" y="0"/><tt:Zoom x="0"/></tptz:Velocity></tptz:ContinuousMove>`;
  await session.ask('ptz', 'ContinuousMove', body, { urgent: true, ...(limitMs === undefined ? {} : { limitMs }) });
}

/** PTZ §5.3.1. */
export async function absoluteMove(session: OnvifSession, mount: PtzMount, to: PtzPosition): Promise<void> {
  const vector = vectorXml(mount.node.absolute, to, { zoomIsWhole: true });
  await session.ask(
    'ptz',
    'AbsoluteMove',
    `<tptz:AbsoluteMove>${profileXml(mount)}<tptz:Position>${vector}</tptz:Position></tptz:AbsoluteMove>`,
  );
}

/** PTZ §5.3.2; in parts of the picture where `ofPicture`. Rejects with `not-able` where the device does not know those. */
export async function relativeMove(session: OnvifSession, mount: PtzMount, by: PtzTranslation): Promise<void> {
  const { relative, relativeFov, zoomFov } = mount.node;
  if (by.ofPicture && relativeFov === null)
    throw new OnvifFailure('not-able', 'the camera does not move by parts of its picture');
  const vector =
    by.ofPicture && relativeFov !== null
      ? pictureVectorXml({ panTilt: relativeFov, zoomFov, zoom: relative.zoom }, by)
      : vectorXml(relative, by, { zoomIsWhole: false });
  await session.ask(
    'ptz',
    'RelativeMove',
    `<tptz:RelativeMove>${profileXml(mount)}<tptz:Translation>${vector}</tptz:Translation></tptz:RelativeMove>`,
  );
}

export interface PtzStatus {
  /** Null: it does not say, or not in its absolute space. */
  readonly position: PtzPosition | null;
  readonly moving: boolean | null;
}

/** PTZ §5.3.6. */
export async function readStatus(session: OnvifSession, mount: PtzMount): Promise<PtzStatus> {
  const answer = await session.ask('ptz', 'GetStatus', `<tptz:GetStatus>${profileXml(mount)}</tptz:GetStatus>`);
  const status = child(answer, 'PTZStatus');
  const panTilt = child(status, 'Position', 'PanTilt')?.attributes;
  const x = numberOf(panTilt?.['x']);
  const y = numberOf(panTilt?.['y']);
  const zoomed = child(status, 'Position', 'Zoom')?.attributes;
  const z = numberOf(zoomed?.['x']);
  const { absolute, positions } = mount.node;
  // A device may tell it in another of its spaces than the generic one, and says so then.
  const space = positions.panTilt.find(({ uri }) => uri === panTilt?.['space']) ?? absolute.panTilt;
  const zoom = positions.zoom.find(({ uri }) => uri === zoomed?.['space']) ?? absolute.zoom;
  const states = [textOf(status, 'MoveStatus', 'PanTilt'), textOf(status, 'MoveStatus', 'Zoom')].filter((state) => state !== '');
  const range = space?.x ?? { min: -1, max: 1 };
  const position =
    x === null || y === null
      ? null
      : {
          pan: fromRange(x, range),
          tilt: fromRange(y, space?.y ?? range),
          zoom: fromWhole(z ?? 0, zoom?.x ?? { min: 0, max: 1 }),
        };
  return { position, moving: states.length === 0 ? null : states.some((state) => state.toUpperCase() === 'MOVING') };
}

/** Wiper, light and so on (PTZ §5.8), in the device's own word for it. */
export async function sendAuxiliary(session: OnvifSession, mount: Pick<PtzMount, 'profile'>, command: string): Promise<void> {
  const body = `<tptz:SendAuxiliaryCommand>${profileXml(mount)}<tptz:AuxiliaryData>${escapeXml(command)}</tptz:AuxiliaryData></tptz:SendAuxiliaryCommand>`;
  await session.ask('ptz', 'SendAuxiliaryCommand', body);
}

/** PTZ §5.5.1. */
export async function gotoHome(session: OnvifSession, mount: Pick<PtzMount, 'profile'>): Promise<void> {
  await session.ask('ptz', 'GotoHomePosition', `<tptz:GotoHomePosition>${profileXml(mount)}</tptz:GotoHomePosition>`);
}

/** PTZ §5.5.2: home is where it looks now. */
export async function setHome(session: OnvifSession, mount: Pick<PtzMount, 'profile'>): Promise<void> {
  await session.ask('ptz', 'SetHomePosition', `<tptz:SetHomePosition>${profileXml(mount)}</tptz:SetHomePosition>`);
}
