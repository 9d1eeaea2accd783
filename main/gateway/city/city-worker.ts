import { setTimeout as pause } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../ports/clock.ts';
import type { AccessUnit, Source } from '../source.ts';
import { createCityCamera } from './city-camera.ts';
import { createCityRecorder } from './city-recorder.ts';
import { type CityData, type CityNews, type CityOrder, cityDataSchema, cityOrderSchema } from './city-messages.ts';
import { loadStock } from './prepared-city.ts';
import { createScene, type Scene } from './scene.ts';
import type { Head } from '../simulated-ptz/ptz-head.ts';
import type { SceneStock } from './scene-stock.ts';

const turnMs = 5;
type OpenOrder = Extract<CityOrder, { what: 'open' }>;

/** Whose scene a camera shows; `<camera>/main` is its main stream, `record/<camera>` a recording of it that is being made. */
const sceneNameOf = ({ camera }: OpenOrder): string => camera.replace(/^record\/|\/main$/g, '');

/** The city's thread: it draws all demonstration cameras and feeds their encoders, away from the gateway's event loop. */
function runCity(port: MessagePort, { prepared }: CityData): void {
  const open = new Map<number, Source>();
  const stocks = new Map<string, Promise<SceneStock | null>>();
  const scenes = new Map<string, Scene>();
  const heads = new Map<string, Head>();
  const waiting: OpenOrder[] = [];
  let opening = false;
  const tell = (news: CityNews, transfer: ArrayBuffer[] = []) => port.postMessage(news, transfer);
  const note = (words: string) => tell({ what: 'note', words });

  port.on('message', (message: unknown) => {
    const order = cityOrderSchema.parse(message);
    if (order.what === 'head') {
      heads.set(order.camera, order.head);
      return;
    }
    if (order.what === 'open') {
      waiting.push(order);
      // All that wait are read at the same time; they are opened in turn.
      const name = sceneNameOf(order);
      if (prepared !== null && !scenes.has(name) && !stocks.has(name)) stocks.set(name, loadStock(prepared, name, note));
      if (!opening) void openWaiting();
      return;
    }
    const source = open.get(order.key);
    if (source !== undefined) {
      source.close();
      return;
    }
    const index = waiting.findIndex((other) => other.key === order.key);
    if (index >= 0) waiting.splice(index, 1);
    tell({ what: 'gone', key: order.key });
  });

  async function openWaiting(): Promise<void> {
    opening = true;
    for (let order = waiting[0]; order !== undefined; order = waiting[0]) {
      const scene = await sceneOf(sceneNameOf(order));
      // It may have been called off meanwhile.
      if (waiting[0] !== order) continue;
      waiting.shift();
      openCamera(order, scene);
      // Starting an encoder takes a while, drawing a scene longer: between two, cameras that already run get a turn.
      await pause(turnMs);
    }
    opening = false;
  }

  function openCamera(order: OpenOrder, scene: Scene | null): void {
    const { key } = order;
    const make = order.camera.startsWith('record/') ? createCityRecorder : createCityCamera;
    if (scene === null) {
      tell({ what: 'ended', key, code: 'stream-missing', detail: 'the demonstration city has no such camera' });
      tell({ what: 'gone', key });
      return;
    }
    const source = make({
      ffmpegPath: order.ffmpegPath,
      clock: systemClock,
      scene,
      large: order.camera.endsWith('/main'),
      slot: scene.number,
      head: () => heads.get(sceneNameOf(order)) ?? null,
      events: {
        onOpen: ({ parameterSets }) =>
          tell({ what: 'opened', key, parameterSets: parameterSets.map((set) => new Uint8Array(set)) }),
        onUnit: (unit) => tellUnit(key, unit),
        onEnd: ({ code, detail }) => tell({ what: 'ended', key, code, detail }),
      },
      onGone() {
        open.delete(key);
        tell({ what: 'gone', key });
      },
    });
    open.set(key, source);
  }

  async function sceneOf(camera: string): Promise<Scene | null> {
    const known = scenes.get(camera);
    if (known !== undefined) return known;
    const stock = (await stocks.get(camera)) ?? null;
    stocks.delete(camera);
    const scene = createScene(camera, stock);
    if (scene !== null) scenes.set(camera, scene);
    return scene;
  }

  function tellUnit(key: number, unit: AccessUnit): void {
    const lengths = unit.nals.map((nal) => nal.length);
    const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    for (const nal of unit.nals) {
      bytes.set(nal, at);
      at += nal.length;
    }
    const { key: keyPicture, rtpTimestamp, captureUtcMs } = unit;
    tell({ what: 'unit', key, bytes, lengths, keyPicture, rtpTimestamp, captureUtcMs: captureUtcMs ?? 0 }, [bytes.buffer]);
  }
}

if (parentPort !== null) runCity(parentPort, cityDataSchema.parse(workerData));
