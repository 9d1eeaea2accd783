import type { PtzAbilities } from '../../../core/ptz/abilities.ts';
import type { OnvifSession } from './onvif-session.ts';
import { child, childrenOf, isTrue, numberOf, textOf, type XmlElement } from './read-xml.ts';
import { positionSpaceDegrees, translationSpaceFov, zoomSpaceFov, zoomSpaceMillimetre } from './xml-names.ts';
import { durationMs, escapeXml } from './xml-text.ts';

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** A space with its ranges (ONVIF PTZ §5.3); `uri` is null for the device's own default. */
export interface PtzSpace {
  readonly uri: string | null;
  readonly x: NumberRange;
  /** Zoom has none. */
  readonly y: NumberRange | null;
}

/** What a PTZ node can do (PTZ §5.1). */
export interface PtzNode {
  readonly token: string;
  readonly velocity: { readonly panTilt: PtzSpace | null; readonly zoom: PtzSpace | null };
  readonly relative: { readonly panTilt: PtzSpace | null; readonly zoom: PtzSpace | null };
  /** Relative moves in parts of the picture. */
  readonly relativeFov: PtzSpace | null;
  /** How many times larger the picture is to become. */
  readonly zoomFov: PtzSpace | null;
  readonly absolute: { readonly panTilt: PtzSpace | null; readonly zoom: PtzSpace | null };
  /** All spaces in which it may say where it looks. */
  readonly positions: { readonly panTilt: readonly PtzSpace[]; readonly zoom: readonly PtzSpace[] };
  /** Its whole way in degrees, where it has a generic way as well. */
  readonly angles: PtzAbilities['angles'];
  /** Its lens, mm. */
  readonly focal: NumberRange | null;
  readonly mostPresets: number;
  readonly home: boolean;
  readonly homeFixed: boolean;
  /** 0 also where it cannot start one. */
  readonly mostTours: number;
  readonly canPauseTours: boolean;
  readonly auxiliary: readonly string[];
}

/** All nodes, at most 32. */
export async function readPtzNodes(session: OnvifSession): Promise<readonly PtzNode[]> {
  const answer = await session.ask('ptz', 'GetNodes', '<tptz:GetNodes/>');
  return childrenOf(answer, 'PTZNode').slice(0, 32).map(nodeOf);
}

/** The least and most timeout of a continuous move, in ms (PTZ §5.2.3); null where the device does not say. */
export async function readMoveTimeouts(session: OnvifSession, configuration: string): Promise<NumberRange | null> {
  const body = `<tptz:GetConfigurationOptions><tptz:ConfigurationToken>${escapeXml(configuration)}</tptz:ConfigurationToken></tptz:GetConfigurationOptions>`;
  const timeout = child(await session.ask('ptz', 'GetConfigurationOptions', body), 'PTZConfigurationOptions', 'PTZTimeout');
  const min = durationMs(textOf(timeout, 'Min'));
  const max = durationMs(textOf(timeout, 'Max'));
  return min === null || max === null || min > max ? null : { min, max };
}

/** The configuration tokens by node (PTZ §5.2.1). */
export async function readPtzConfigurations(session: OnvifSession): Promise<ReadonlyMap<string, string>> {
  const answer = await session.ask('ptz', 'GetConfigurations', '<tptz:GetConfigurations/>');
  const found = childrenOf(answer, 'PTZConfiguration').slice(0, 64);
  return new Map(found.map((each) => [textOf(each, 'NodeToken'), each.attributes['token'] ?? '']));
}

function nodeOf(node: XmlElement): PtzNode {
  const spaces = child(node, 'SupportedPTZSpaces');
  const all = (name: string) => childrenOf(spaces, name).flatMap((space) => spaceOf(space) ?? []);
  const isPicture = ({ uri }: PtzSpace) => uri === translationSpaceFov || uri === zoomSpaceFov;
  const relative = { panTilt: all('RelativePanTiltTranslationSpace'), zoom: all('RelativeZoomTranslationSpace') };
  const positions = { panTilt: all('AbsolutePanTiltPositionSpace'), zoom: all('AbsoluteZoomPositionSpace') };
  const operations = childrenOf(child(node, 'Extension', 'SupportedPresetTour'), 'PTZPresetTourOperation').map(
    ({ text }) => text,
  );
  // Who lists none has said nothing of them.
  const canTour = (operation: string) => operations.length === 0 || operations.includes(operation);
  const count = (...path: string[]) => Math.min(1_000, Math.max(0, Math.floor(numberOf(textOf(node, ...path)) ?? 0)));
  return {
    token: node.attributes['token'] ?? '',
    velocity: {
      panTilt: usual(all('ContinuousPanTiltVelocitySpace')),
      zoom: usual(all('ContinuousZoomVelocitySpace')),
    },
    relative: {
      panTilt: usual(relative.panTilt.filter((space) => !isPicture(space))),
      zoom: usual(relative.zoom.filter((space) => !isPicture(space))),
    },
    relativeFov: relative.panTilt.find(isPicture) ?? null,
    zoomFov: relative.zoom.find(isPicture) ?? null,
    absolute: { panTilt: usual(positions.panTilt), zoom: usual(positions.zoom) },
    positions,
    angles: anglesOf(positions.panTilt),
    focal: positions.zoom.find(({ uri }) => uri === zoomSpaceMillimetre)?.x ?? null,
    mostPresets: count('MaximumNumberOfPresets'),
    home: isTrue(textOf(node, 'HomeSupported')),
    homeFixed: isTrue(node.attributes['FixedHomePosition'] ?? ''),
    mostTours: canTour('Start') ? count('Extension', 'SupportedPresetTour', 'MaximumNumberOfPresetTours') : 0,
    canPauseTours: canTour('Pause'),
    auxiliary: childrenOf(node, 'AuxiliaryCommands')
      .map(({ text }) => text)
      .filter((text) => text !== '' && text.length <= 100)
      .slice(0, 64),
  };
}

function anglesOf(positions: readonly PtzSpace[]): PtzAbilities['angles'] {
  const degrees = positions.find(({ uri }) => uri === positionSpaceDegrees);
  if (degrees === undefined || degrees.y === null || usual(positions) === degrees) return null;
  const { x: pan, y: tilt } = degrees;
  const isWay = ({ min, max }: NumberRange) => max > min && min >= -360 && max <= 360;
  return isWay(pan) && isWay(tilt) ? { pan, tilt } : null;
}

/** The one that is meant where no space is named: the generic one, wherever in the list it is; of a device that names none, its first. */
function usual(spaces: readonly PtzSpace[]): PtzSpace | null {
  return spaces.find(({ uri }) => uri === null || uri.endsWith('GenericSpace')) ?? spaces[0] ?? null;
}

function spaceOf(space: XmlElement): PtzSpace | null {
  const uri = textOf(space, 'URI') || null;
  // Parts of a picture have no end, and their definition says so.
  const endless = uri === translationSpaceFov || uri === zoomSpaceFov;
  const x = rangeOf(child(space, 'XRange'), endless);
  return x === null ? null : { uri, x, y: rangeOf(child(space, 'YRange'), endless) };
}

function rangeOf(range: XmlElement | undefined, endless: boolean): NumberRange | null {
  const end = (name: string, without: number) =>
    endless && /^[-+]?INF$/i.test(textOf(range, name)) ? without : numberOf(textOf(range, name));
  const min = end('Min', Number.NEGATIVE_INFINITY);
  const max = end('Max', Number.POSITIVE_INFINITY);
  return min === null || max === null || min > max ? null : { min, max };
}
