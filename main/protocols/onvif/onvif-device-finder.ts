import { networkInterfaces } from 'node:os';
import type { Credentials } from '../../../core/cameras/camera.ts';
import type { DeviceProblemCode } from '../../../core/cameras/finding.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import { type DeviceFacts, type DeviceFinder, DeviceProblem } from '../../ports/device-finder.ts';
import { readDeviceInformation, readDeviceName, readServices, setDeviceClock } from './device-service.ts';
import { createLimitedHttp } from './limited-http.ts';
import { type MediaProfile, readProfiles, readSnapshotUri, readStreamUri } from './media-service.ts';
import { OnvifFailure, type OnvifFailureCode } from './onvif-failure.ts';
import { createOnvifSession, type OnvifSession } from './onvif-session.ts';
import { readPtzNodes } from './ptz-node.ts';
import { discoverDevices, discoveryLimitMs } from './ws-discovery.ts';

/** So many profiles are asked for their addresses: of a recorder with dozens of inputs the first ones are this camera's. */
const profilesMost = 8;

/** Finds and reads ONVIF devices: WS-Discovery on the interfaces that are named, and nothing before that. */
export function createOnvifDeviceFinder(clock: Clock): DeviceFinder {
  async function at<T>(
    control: string,
    credentials: Credentials | null,
    work: (session: OnvifSession) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const session = createOnvifSession({ url: control, credentials }, { clock, http: createLimitedHttp(clock) });
    const stop = () => session.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work(session);
    } catch (error) {
      throw error instanceof OnvifFailure ? new DeviceProblem(problemOf[error.code], error.message) : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      session.close();
    }
  }

  return {
    searchLimitMs: discoveryLimitMs,
    interfaces: () =>
      Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
        addresses.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ name, address })),
      ),
    async search(interfaces, found, signal) {
      const told = ({ url, name, hardware }: { url: string; name: string; hardware: string }) =>
        found({ control: url, name, hardware });
      return (await discoverDevices(interfaces, { clock, signal, found: told })).failed;
    },
    read: (control, credentials, signal) => at(control, credentials, (session) => readFacts(session, control), signal),
    setClock: (control, credentials, utcMs) =>
      at(control, credentials, async (session) => {
        await readServices(session);
        await setDeviceClock(session, utcMs);
        return session.clockAheadMs();
      }),
  };
}

async function readFacts(session: OnvifSession, control: string): Promise<DeviceFacts> {
  // Older devices give their clock to nobody; the rest is worth having all the same.
  await unlessAbsent(session.readClock());
  const services = await readServices(session);
  const information = await readDeviceInformation(session);
  const name = (await unlessAbsent(readDeviceName(session))) ?? '';
  const { hostname } = new URL(control);
  const profiles = (await readProfiles(session)).slice(0, profilesMost);
  const withAddresses = [];
  for (const { codec, width, height, framesPerSecond, token } of profiles) {
    const url = await unlessAbsent(readStreamUri(session, token));
    withAddresses.push({ codec, width, height, framesPerSecond, url: url && atHost(url, hostname) });
  }
  const [first] = profiles;
  const snapshot = first === undefined ? null : await unlessAbsent(readSnapshotUri(session, first.token));
  const head = services.has('ptz') ? await readHead(session, profiles) : { pan: false, zoom: false, presets: 0 };
  const { manufacturer, model, firmware, serialNumber } = information;
  return {
    name,
    manufacturer,
    model,
    firmware,
    serialNumber,
    profiles: withAddresses,
    ...head,
    snapshot: snapshot && atHost(snapshot, hostname),
    clockAheadMs: session.clockAheadMs(),
  };
}

/** A service for PTZ does not mean that this camera turns: only a node that one of its profiles is bound to does. */
async function readHead(
  session: OnvifSession,
  profiles: readonly MediaProfile[],
): Promise<Pick<DeviceFacts, 'pan' | 'zoom' | 'presets'>> {
  const mounted = new Set(profiles.map(({ ptzNode }) => ptzNode));
  const nodes = ((await unlessAbsent(readPtzNodes(session))) ?? []).filter(({ token }) => mounted.has(token));
  return {
    pan: nodes.some(({ velocity, absolute }) => velocity.panTilt !== null || absolute.panTilt !== null),
    zoom: nodes.some(({ velocity, absolute }) => velocity.zoom !== null || absolute.zoom !== null),
    presets: Math.max(0, ...nodes.map(({ mostPresets }) => mostPresets)),
  };
}

/** What a device says of its own host is often wrong, and nothing goes to a host that nobody named: only port and path are believed. */
function atHost(address: string, hostname: string): string {
  // Only http has a URL whose host can be changed.
  const scheme = /^[a-z]+:/.exec(address)?.[0] ?? '';
  const url = new URL(address.replace(scheme, 'http:'));
  const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(address)?.[1] ?? '';
  return `${scheme}//${hostname}${port === '' ? '' : `:${port}`}${url.pathname}${url.search}`;
}

/** Null for what the device does not have; a device that is silent or refuses us is that as a whole. */
async function unlessAbsent<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof OnvifFailure && (error.code === 'fault' || error.code === 'not-able' || error.code === 'gone'))
      return null;
    throw error;
  }
}

const problemOf: Readonly<Record<OnvifFailureCode, DeviceProblemCode>> = {
  unreachable: 'unreachable',
  silent: 'silent',
  refused: 'refused',
  'too-large': 'not-understood',
  'moved-elsewhere': 'not-understood',
  'not-understood': 'not-understood',
  fault: 'not-understood',
  'not-able': 'not-understood',
  gone: 'not-understood',
};
