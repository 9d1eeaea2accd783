import { randomBytes } from 'node:crypto';
import { type Credentials, streamNames } from '../../../core/cameras/camera.ts';
import { demoCity } from '../../../core/cameras/demo-city.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GatewayCamera } from '../../ports/media-gateway.ts';
import type { Head } from './ptz-head.ts';
import { sharedNowMs } from './shared-clock.ts';
import type { SimulatedLens } from './simulated-camera.ts';
import type { SimulatedTour } from './simulated-tours.ts';
import { createSimulatedOnvif, type SimulatedOnvif } from './simulated-onvif.ts';

export interface CityDevice {
  readonly camera: string;
  readonly url: string;
  readonly credentials: Credentials;
}

/** The steerable cameras of the demonstration city: an ONVIF device each, as long as main names them. */
export interface CityHeads {
  /** Starts and ends devices, in the background. */
  setCameras(cameras: readonly GatewayCamera[]): void;
  devices(): readonly CityDevice[];
  /** Each device once it listens. */
  onDevice(listener: (device: CityDevice) => void): void;
  /** The present heads at once, then every change. Returns the way to stop. */
  watch(listener: (camera: string, head: Head) => void): () => void;
  close(): Promise<void>;
}

const steerable: ReadonlySet<string> = new Set(
  demoCity()
    .filter(({ camera }) => camera.kind === 'ptz')
    .map(({ camera }) => camera.id),
);
const presets = [
  { name: 'middle', position: { pan: 0, tilt: 0, zoom: 0 } },
  { name: 'left', position: { pan: -0.8, tilt: 0.4, zoom: 0.4 } },
  { name: 'right', position: { pan: 0.8, tilt: 0.4, zoom: 0.4 } },
];

/** Of the cameras that can be steered, one runs tours by itself: its presets by their tokens, which are their numbers here. */
const tours: ReadonlyMap<string, readonly SimulatedTour[]> = new Map([
  [
    'demo-101',
    [
      { name: 'Bazar round', presets: ['1', '2', '3'], stayMs: 4_000 },
      { name: '', presets: ['2', '3'], stayMs: 8_000 },
    ],
  ],
]);

/** Of the others, one tells what it magnifies by, and one does not and is far from usual: its technician has to say it. */
const lenses: ReadonlyMap<string, SimulatedLens> = new Map([
  ['demo-103', { magnification: 30, tellsMillimetres: true }],
  ['demo-105', { magnification: 20, tellsMillimetres: false }],
]);

export function createCityHeads(ports: { readonly clock: Clock; note(words: string): void }): CityHeads {
  const clock: Clock = { ...ports.clock, monotonicMs: sharedNowMs };
  const devices = new Map<string, { readonly onvif: Promise<SimulatedOnvif>; known: CityDevice | null }>();
  const watchers = new Set<(camera: string, head: Head) => void>();
  const listeners = new Set<(device: CityDevice) => void>();
  const heads = new Map<string, Head>();
  const turned = (camera: string, head: Head): void => {
    heads.set(camera, head);
    for (const watcher of watchers) watcher(camera, head);
  };

  function start(camera: string): void {
    const credentials = { user: 'operator', password: randomBytes(18).toString('base64url') };
    const lens = lenses.get(camera);
    const onvif: Promise<SimulatedOnvif> = createSimulatedOnvif({
      clock,
      credentials,
      serial: camera,
      presets,
      tours: tours.get(camera) ?? [],
      ...(lens === undefined ? {} : { lens }),
      turned: () => void onvif.then((device) => turned(camera, device.camera.head())),
    });
    const started: { readonly onvif: Promise<SimulatedOnvif>; known: CityDevice | null } = { onvif, known: null };
    devices.set(camera, started);
    onvif.then(
      (device) => {
        if (devices.get(camera) !== started) return;
        started.known = { camera, url: device.url, credentials };
        turned(camera, device.camera.head());
        for (const listener of listeners) listener(started.known);
      },
      () => {
        devices.delete(camera);
        ports.note(`${camera}: it cannot be steered, because no port of this machine was free`);
      },
    );
  }

  async function end(camera: string): Promise<void> {
    const device = devices.get(camera);
    devices.delete(camera);
    heads.delete(camera);
    await device?.onvif.then(
      (onvif) => onvif.close(),
      () => {},
    );
  }

  return {
    setCameras(cameras) {
      const isDrawn = ({ addresses }: GatewayCamera) => streamNames.some((name) => addresses[name]?.scheme === 'sim');
      const wanted = new Set(cameras.filter((camera) => steerable.has(camera.id) && isDrawn(camera)).map(({ id }): string => id));
      for (const camera of devices.keys()) if (!wanted.has(camera)) void end(camera);
      for (const camera of wanted) if (!devices.has(camera)) start(camera);
    },
    devices: () => [...devices.values()].flatMap(({ known }) => known ?? []),
    onDevice: (listener) => void listeners.add(listener),
    watch(listener) {
      watchers.add(listener);
      for (const [camera, head] of heads) listener(camera, head);
      return () => watchers.delete(listener);
    },
    async close() {
      await Promise.all([...devices.keys()].map(end));
    },
  };
}
