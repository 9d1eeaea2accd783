import { type MessagePort, parentPort } from 'node:worker_threads';
import { systemClock } from '../../ports/clock.ts';
import type { AccessUnit, Source } from '../source.ts';
import { createCityCamera } from './city-camera.ts';
import { type CityNews, type CityOrder, cityOrderSchema } from './city-messages.ts';
import { createScene, type Scene } from './scene.ts';

const turnMs = 20;

/** The city's thread: it draws all demonstration cameras and feeds their encoders, away from the gateway's event loop. */
function runCity(port: MessagePort): void {
  const open = new Map<number, Source>();
  const scenes = new Map<string, Scene>();
  const waiting: Extract<CityOrder, { what: 'open' }>[] = [];
  const tell = (news: CityNews, transfer: ArrayBuffer[] = []) => port.postMessage(news, transfer);

  port.on('message', (message: unknown) => {
    const order = cityOrderSchema.parse(message);
    if (order.what === 'open') {
      waiting.push(order);
      if (waiting.length === 1) setImmediate(openNext);
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

  function openNext(): void {
    const order = waiting.shift();
    if (order === undefined) return;
    // Building a scene takes a while: between two, cameras that already run get a turn.
    if (waiting.length > 0) setTimeout(openNext, turnMs);
    const { key } = order;
    const scene = sceneOf(order.camera);
    if (scene === null) {
      tell({ what: 'ended', key, code: 'stream-missing', detail: 'the demonstration city has no such camera' });
      tell({ what: 'gone', key });
      return;
    }
    const source = createCityCamera({
      ffmpegPath: order.ffmpegPath,
      clock: systemClock,
      scene,
      slot: scene.number,
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

  function sceneOf(camera: string): Scene | null {
    const known = scenes.get(camera) ?? createScene(camera);
    if (known !== null) scenes.set(camera, known);
    return known;
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

if (parentPort !== null) runCity(parentPort);
