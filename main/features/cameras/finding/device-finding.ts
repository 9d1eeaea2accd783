import { randomUUID } from 'node:crypto';
import { type CameraEntry, type Credentials } from '../../../../core/cameras/camera.ts';
import { parseDeviceAddress } from '../../../../core/cameras/device-address.ts';
import {
  type Finding,
  type findingContract,
  type FindingRefusal,
  type FoundDevice,
  foundMax,
} from '../../../../core/cameras/finding.contract.ts';
import { createCell } from '../../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../../core/rpc/handlers.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type DeviceFacts, type DeviceFinder, DeviceProblem, type SeenDevice } from '../../../ports/device-finder.ts';
import type { KnownSecrets } from '../../../ports/known-secrets.ts';
import type { Log } from '../../../ports/log.ts';
import type { CameraLogins } from '../camera-logins.ts';
import type { DirectorySource } from '../directory-source.ts';
import { cameraOfDevice } from './camera-of-device.ts';
import { type ChosenDevice, takeDevices } from './take-devices.ts';
import { changeOf, shownFacts, streamsOf } from './taken-device.ts';

/** Devices that are asked at once. */
const atOnce = 8;
/** How often windows are told of progress at most, ms. */
const tellEveryMs = 250;
/** What was found, and what was typed, is forgotten after so long without a word, ms. */
const forgottenAfterMs = 30 * 60_000;

interface Device {
  readonly id: string;
  readonly seen: SeenDevice;
  look: FoundDevice['look'];
  read: { readonly facts: DeviceFacts; readonly credentials: Credentials | null } | null;
}

export interface DeviceFinding extends Feature<typeof findingContract> {
  sessionEnded(session: Session): void;
  close(): void;
}

/** A technician's search: devices on chosen networks or at an address, what they say of themselves, and their way into the directory. There is one at a time. */
export function createDeviceFinding(ports: {
  readonly clock: Clock;
  readonly log: Log;
  readonly finder: DeviceFinder;
  readonly source: DirectorySource;
  readonly logins: Pick<CameraLogins, 'keep' | 'tellChanged'>;
  readonly known: KnownSecrets;
  readonly thisRunOnly: boolean;
}): DeviceFinding {
  const { clock, log, finder, source } = ports;
  const devices = new Map<string, Device>();
  const finding = createCell<Finding>({ searching: null, reading: null, failed: [], devices: [] });
  let searching: Finding['searching'] = null;
  let reading: Finding['reading'] = null;
  let failed: string[] = [];
  let work = new AbortController();
  let callOffTelling: (() => void) | null = null;
  let callOffForgetting = () => {};
  /** The session that asked last: what it typed ends with it. */
  let asker: string | null = null;

  function tell(): void {
    callOffTelling?.();
    callOffTelling = null;
    const listed = [...devices.values()].map((device) => shown(device));
    finding.set({ searching, reading, failed, devices: listed });
  }
  /** Progress of many devices is told now and then. */
  const tellSoon = () => {
    callOffTelling ??= clock.after(tellEveryMs, tell);
  };
  function heard(by: Session): void {
    asker = by.id;
    callOffForgetting();
    callOffForgetting = clock.after(forgottenAfterMs, forget);
  }
  function forget(): void {
    work.abort();
    callOffForgetting();
    asker = null;
    devices.clear();
    [searching, reading, failed] = [null, null, []];
    tell();
  }

  const cameraAt = (control: string) => cameraOfDevice(source, control);

  function shown({ id, seen, look }: Device): FoundDevice {
    const camera = cameraAt(seen.control)?.camera;
    const named = camera === undefined ? null : { id: camera.id, number: camera.number, name: camera.name };
    return {
      id,
      host: new URL(seen.control).host.slice(0, 300),
      name: seen.name.slice(0, 120),
      hardware: seen.hardware.slice(0, 120),
      camera: named,
      look,
    };
  }

  function see(seen: SeenDevice): FindingRefusal | null {
    if ([...devices.values()].some((device) => device.seen.control === seen.control)) return null;
    if (devices.size >= foundMax) return 'too-many';
    const id = randomUUID();
    devices.set(id, { id, seen, look: { state: 'new' }, read: null });
    return null;
  }

  async function search(interfaces: readonly string[], signal: AbortSignal): Promise<void> {
    const unsent = await finder
      .search(
        interfaces,
        (device) => {
          if (signal.aborted) return;
          see(device);
          tellSoon();
        },
        signal,
      )
      .catch((error: unknown) => {
        log.warn('A search for cameras failed', { reason: error instanceof DeviceProblem ? error.message : 'unknown' });
        return interfaces;
      });
    if (signal.aborted) return;
    failed = unsent.slice(0, 32);
    searching = null;
    tell();
  }

  /** Numbers that are proposed are free, and each is proposed once. */
  function freeNumber(): number {
    const taken = new Set(source.generation() === null ? [] : source.cameras.current().map(({ number }) => number));
    for (const { look } of devices.values()) if (look.state === 'read') taken.add(look.facts.number);
    let number = Math.max(0, ...taken) + 1;
    if (number > 999_999) for (number = 1; taken.has(number); ) number++;
    return number;
  }

  async function readOne(device: Device, credentials: Credentials | null, signal: AbortSignal): Promise<void> {
    device.look = { state: 'reading' };
    tellSoon();
    try {
      const facts = await finder.read(device.seen.control, credentials, signal);
      const streams = streamsOf(facts, credentials);
      if (streams === null) throw new DeviceProblem('no-stream', 'the device names no stream that can be fetched');
      const before = cameraAt(device.seen.control);
      const proposed = {
        change: changeOf(before, facts, streams.addresses),
        number: before?.camera.number ?? freeNumber(),
        name:
          before?.camera.name ??
          (facts.name || device.seen.name || `${facts.manufacturer} ${facts.model}`.trim() || 'Camera').slice(0, 120),
      };
      device.read = { facts, credentials };
      device.look = { state: 'read', facts: shownFacts(facts, streams, proposed) };
    } catch (error) {
      if (signal.aborted) device.look = { state: 'new' };
      else {
        if (!(error instanceof DeviceProblem))
          log.error('A device could not be read', { reason: error instanceof Error ? error.message : 'unknown' });
        device.look = { state: 'failed', why: error instanceof DeviceProblem ? error.code : 'not-understood' };
      }
    }
  }

  async function readAll(list: readonly Device[], login: Credentials | null, signal: AbortSignal): Promise<void> {
    let next = 0;
    async function turn(): Promise<void> {
      for (let device = list[next++]; device !== undefined && !signal.aborted; device = list[next++]) {
        await readOne(device, login ?? credentialsOf(cameraAt(device.seen.control)), signal);
        if (reading !== null) reading = { ...reading, done: reading.done + 1 };
        tellSoon();
      }
    }
    await Promise.all(Array.from({ length: atOnce }, turn));
    if (signal.aborted) return;
    reading = null;
    tell();
  }

  function begin(by: Session): AbortSignal | null {
    if (searching !== null || reading !== null) return null;
    heard(by);
    work = new AbortController();
    return work.signal;
  }

  return {
    calls: {
      'cameras.interfaces': () => ({ interfaces: [...finder.interfaces()].slice(0, 32) }),
      'cameras.find'({ interfaces }, { session }) {
        const chosen = finder.interfaces().filter(({ address }) => interfaces.includes(address));
        const signal = chosen.length === 0 ? null : begin(session);
        if (signal === null) return { refusal: chosen.length === 0 ? 'bad-address' : 'busy' };
        searching = { sinceUtcMs: clock.utcMs(), limitMs: finder.searchLimitMs };
        failed = [];
        tell();
        void search(
          chosen.map(({ address }) => address),
          signal,
        );
        return { refusal: null };
      },
      'cameras.stop-finding'() {
        work.abort();
        [searching, reading] = [null, null];
        tell();
        return {};
      },
      'cameras.leave-finding'() {
        forget();
        return {};
      },
      'cameras.add-address'({ address }, { session }) {
        const control = parseDeviceAddress(address);
        if (!control.ok) return { refusal: 'bad-address' };
        heard(session);
        const refusal = see({ control: control.value, name: '', hardware: '' });
        tell();
        return { refusal };
      },
      'cameras.read-devices'({ devices: ids, login }, { session }) {
        const list = ids.flatMap((id) => devices.get(id) ?? []);
        if (list.length !== ids.length) return { refusal: 'no-such-device' };
        const signal = begin(session);
        if (signal === null) return { refusal: 'busy' };
        if (login !== null) ports.known.addCredentials(login);
        reading = { done: 0, total: list.length };
        tell();
        void readAll(list, login, signal);
        return { refusal: null };
      },
      async 'cameras.set-clock'({ device: id }, { session }) {
        const device = devices.get(id);
        if (device?.look.state !== 'read' || device.read === null) return { refusal: 'not-read' };
        heard(session);
        try {
          const clockAheadMs = await finder.setClock(device.seen.control, device.read.credentials, clock.utcMs());
          device.look = { state: 'read', facts: { ...device.look.facts, clockAheadMs } };
          log.info("A camera's clock was set", {
            camera: cameraAt(device.seen.control)?.camera.id ?? 'not in the directory yet',
          });
          tell();
          return { refusal: null };
        } catch (error) {
          if (!(error instanceof DeviceProblem)) throw error;
          return { refusal: 'refused-by-camera' };
        }
      },
      async 'cameras.take-devices'({ place, devices: chosen }, { session }) {
        heard(session);
        const found: ChosenDevice[] = [];
        for (const { id, number, name } of chosen) {
          const device = devices.get(id);
          if (!device?.read) return { refusal: 'not-read', added: 0, changed: 0 };
          found.push({ ...device.read, control: device.seen.control, number, name });
        }
        const outcome = await takeDevices({ ...ports, cameraAt }, place, found);
        if (outcome.refusal === null) for (const { id } of chosen) devices.delete(id);
        tell();
        return outcome;
      },
    },
    states: { 'cameras.finding': () => finding },
    events: {},
    sessionEnded({ id }) {
      if (id === asker) forget();
    },
    close() {
      work.abort();
      callOffTelling?.();
      callOffForgetting();
    },
  };
}

const credentialsOf = (entry: CameraEntry | null): Credentials | null =>
  entry?.addresses.main?.credentials ?? entry?.addresses.sub?.credentials ?? null;
