import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { Clock } from '../../ports/clock.ts';
import { type FoundDevice, probeMessage, readProbeMatches } from './probe-match.ts';

/** Where every device listens (WS-Discovery §1.3). */
export const discoveryGroup = '239.255.255.250';
export const discoveryPort = 3_702;
/** Datagrams get lost: each probe is sent this often, at these times after the first, ms (SOAP-over-UDP, appendix I). */
const sendAtMs = [0, 150, 600] as const;
/** Answers are awaited for so long, ms. */
export const discoveryLimitMs = 4_000;
export const mostFound = 2_000;

export interface Discovery {
  /** By address of its device service, each once. */
  readonly devices: readonly FoundDevice[];
  /** Interfaces on which nothing could be sent: their addresses. */
  readonly failed: readonly string[];
}

/**
 * Asks for ONVIF devices on these interfaces and no others. Resolves after `discoveryLimitMs`, or soon after `signal`.
 *
 * @param interfaces IPv4 addresses of this machine that a person chose
 * @param to for tests: where to ask instead of the group
 */
export async function discoverDevices(
  interfaces: readonly string[],
  ports: {
    readonly clock: Clock;
    readonly signal?: AbortSignal;
    /** Told of each device as soon as it answers. */
    readonly found?: (device: FoundDevice) => void;
    readonly to?: { readonly address: string; readonly port: number };
  },
): Promise<Discovery> {
  const { clock, signal } = ports;
  const to = ports.to ?? { address: discoveryGroup, port: discoveryPort };
  const devices = new Map<string, FoundDevice>();
  const failed: string[] = [];
  const sockets: Socket[] = [];
  const timers: (() => void)[] = [];

  async function ask(address: string): Promise<void> {
    const messageId = `urn:uuid:${randomUUID()}`;
    const socket = createSocket({ type: 'udp4' });
    sockets.push(socket);
    try {
      await bound(socket, address);
      if (ports.to === undefined) {
        socket.setMulticastInterface(address);
        // Not beyond this network: cameras elsewhere are added by address.
        socket.setMulticastTTL(1);
      }
    } catch {
      failed.push(address);
      return;
    }
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      for (const device of readProbeMatches(bytes, messageId)) {
        const isNew = !devices.has(device.url);
        if (isNew && devices.size >= mostFound) continue;
        devices.set(device.url, device);
        if (isNew) ports.found?.(device);
      }
    });
    const message = Buffer.from(probeMessage(messageId));
    for (const atMs of sendAtMs) timers.push(clock.after(atMs, () => socket.send(message, to.port, to.address, () => {})));
  }

  await Promise.all([...new Set(interfaces)].slice(0, 32).map(ask));
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) return resolve();
    timers.push(clock.after(discoveryLimitMs, resolve));
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const callOff of timers) callOff();
  for (const socket of sockets) socket.close();
  return { devices: [...devices.values()], failed };
}

function bound(socket: Socket, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
