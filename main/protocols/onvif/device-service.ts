import type { OnvifSession } from './onvif-session.ts';
import { child, childrenOf, isTrue, textOf, type XmlElement } from './read-xml.ts';
import { setSystemTimeBody } from './system-time.ts';
import { type ServiceName, xmlNames } from './xml-names.ts';

export interface DeviceInformation {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
  readonly serialNumber: string;
}

/** ONVIF Core §8.3.1. Texts are the device's own, cut to 120 characters. */
export async function readDeviceInformation(session: OnvifSession): Promise<DeviceInformation> {
  const answer = await session.ask('device', 'GetDeviceInformation', '<tds:GetDeviceInformation/>');
  const text = (name: string) => textOf(answer, name).slice(0, 120);
  return {
    manufacturer: text('Manufacturer'),
    model: text('Model'),
    firmware: text('FirmwareVersion'),
    serialNumber: text('SerialNumber'),
  };
}

/**
 * Learns which services there are, and sets their paths. Only the path is believed: what a camera says of its own host is often wrong
 * (behind address translation, or never configured), and nothing goes to a host that nobody named.
 */
export async function readServices(session: OnvifSession): Promise<ReadonlySet<ServiceName>> {
  let found = await servicesOf(session);
  if (found.size === 0) found = await capabilitiesOf(session);
  for (const [service, path] of found) session.setPath(service, path);
  return new Set(found.keys());
}

/** GetServices (Core §8.1.2); older devices know only GetCapabilities. */
async function servicesOf(session: OnvifSession): Promise<Map<ServiceName, string>> {
  const found = new Map<ServiceName, string>();
  const body = '<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>';
  const answer = await session.ask('device', 'GetServices', body).catch((error: unknown) => unlessOlder(error));
  for (const service of childrenOf(answer, 'Service')) {
    const space = textOf(service, 'Namespace');
    const name = (['device', 'media', 'ptz', 'imaging'] as const).find((each) => xmlNames[each] === space);
    const path = pathOf(textOf(service, 'XAddr'));
    if (name !== undefined && path !== null) found.set(name, path);
  }
  return found;
}

async function capabilitiesOf(session: OnvifSession): Promise<Map<ServiceName, string>> {
  const found = new Map<ServiceName, string>();
  const body = '<tds:GetCapabilities><tds:Category>All</tds:Category></tds:GetCapabilities>';
  const answer = await session.ask('device', 'GetCapabilities', body);
  for (const [name, tag] of [
    ['device', 'Device'],
    ['media', 'Media'],
    ['ptz', 'PTZ'],
    ['imaging', 'Imaging'],
  ] as const) {
    const path = pathOf(textOf(answer, 'Capabilities', tag, 'XAddr'));
    if (path !== null) found.set(name, path);
  }
  return found;
}

/** Sets the camera's clock; only after a person was asked. */
export async function setDeviceClock(session: OnvifSession, utcMs: number): Promise<void> {
  await session.ask('device', 'SetSystemDateAndTime', setSystemTimeBody(utcMs));
  await session.readClock();
}

/** What the device calls itself in its scopes (Core §7.3.3), percent-decoded; empty where it does not. */
export async function readDeviceName(session: OnvifSession): Promise<string> {
  const answer = await session.ask('device', 'GetScopes', '<tds:GetScopes/>');
  return nameInScopes(childrenOf(answer, 'Scopes').map((scope) => textOf(scope, 'ScopeItem')));
}

export function nameInScopes(scopes: readonly string[]): string {
  const name = scopes.map((scope) => /\/name\/([^/\s]{1,200})$/.exec(scope)?.[1]).find((each) => each !== undefined) ?? '';
  try {
    return decodeURIComponent(name)
      .replaceAll(/\p{Cc}/gu, '')
      .slice(0, 120);
  } catch {
    return name.slice(0, 120);
  }
}

function pathOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, pathname, search } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? pathname + search : null;
}

function unlessOlder(error: unknown): XmlElement | undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'not-able' || error.code === 'fault')) return undefined;
  throw error;
}

/** Whether a flag of a capability is set, as an attribute or an element. */
export function hasFlag(element: XmlElement | undefined, name: string): boolean {
  return isTrue(element?.attributes[name] ?? '') || isTrue(child(element, name)?.text ?? '');
}
