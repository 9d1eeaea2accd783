import type { OnvifSession } from './onvif-session.ts';
import { child, childrenOf, isTrue, numberOf, textOf, type XmlElement } from './read-xml.ts';
import { translationSpaceFov } from './xml-names.ts';
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
  readonly absolute: { readonly panTilt: PtzSpace | null; readonly zoom: PtzSpace | null };
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
  const relative = childrenOf(spaces, 'RelativePanTiltTranslationSpace');
  const isFov = (space: XmlElement) => textOf(space, 'URI') === translationSpaceFov;
  const operations = childrenOf(child(node, 'Extension', 'SupportedPresetTour'), 'PTZPresetTourOperation').map(
    ({ text }) => text,
  );
  // Who lists none has said nothing of them.
  const canTour = (operation: string) => operations.length === 0 || operations.includes(operation);
  const count = (...path: string[]) => Math.min(1_000, Math.max(0, Math.floor(numberOf(textOf(node, ...path)) ?? 0)));
  return {
    token: node.attributes['token'] ?? '',
    velocity: { panTilt: first(spaces, 'ContinuousPanTiltVelocitySpace'), zoom: first(spaces, 'ContinuousZoomVelocitySpace') },
    relative: {
      panTilt: spaceOf(relative.find((space) => !isFov(space))),
      zoom: first(spaces, 'RelativeZoomTranslationSpace'),
    },
    relativeFov: spaceOf(relative.find(isFov)),
    absolute: { panTilt: first(spaces, 'AbsolutePanTiltPositionSpace'), zoom: first(spaces, 'AbsoluteZoomPositionSpace') },
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

function first(spaces: XmlElement | undefined, name: string): PtzSpace | null {
  return spaceOf(child(spaces, name));
}

function spaceOf(space: XmlElement | undefined): PtzSpace | null {
  const x = rangeOf(child(space, 'XRange'));
  return space === undefined || x === null ? null : { uri: textOf(space, 'URI') || null, x, y: rangeOf(child(space, 'YRange')) };
}

function rangeOf(range: XmlElement | undefined): NumberRange | null {
  const min = numberOf(textOf(range, 'Min'));
  const max = numberOf(textOf(range, 'Max'));
  return min === null || max === null || min > max ? null : { min, max };
}
