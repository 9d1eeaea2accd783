import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import { type CityData, type CityNews, type CityOrder, cityNewsSchema, type PreparedCity } from '../city/city-messages.ts';
import type { OpenSource, SourceEvents, SourceProblem } from '../source.ts';
import type { CityHeads } from '../simulated-ptz/city-heads.ts';
import { endedSource } from './ended-source.ts';

export interface SimPorts {
  readonly ffmpegPath: string | null;
  readonly clock: Clock;
  /** The city thread's program. */
  readonly cityEntry?: URL;
  /** Where the city's prepared scenes are; null: they are drawn. */
  readonly prepared?: PreparedCity | null;
  /** Where steerable cameras look. */
  readonly heads?: Pick<CityHeads, 'watch'>;
  /** For the log. */
  note?(words: string): void;
}

const bundled = !import.meta.url.endsWith('.ts');
/** Beside us when bundled, in its folder when run from the sources. */
const besideUs = bundled ? './city-worker.js' : '../city/city-worker.ts';

function preparedBesideUs(): PreparedCity | null {
  return bundled ? { folder: fileURLToPath(new URL('./city', import.meta.url)), stamp: __DEEDBAN_CITY_STAMP__ } : null;
}

interface City {
  readonly worker: Worker;
  /** Openings that may still speak. */
  readonly open: Map<number, SourceEvents>;
  /** Openings whose encoder is not gone yet. */
  readonly alive: Set<number>;
  readonly stopHeads: () => void;
}

/**
 * Cameras of the demonstration city (`sim:<camera id>`). One thread draws them all: it starts with the first and ends
 * when the last camera's encoder is gone.
 */
export function createSimSource(ports: SimPorts): OpenSource {
  let city: City | null = null;
  let lastKey = 0;

  return (address, events) => {
    const { ffmpegPath } = ports;
    if (ffmpegPath === null) return endedSource(events, ports.clock);
    city ??= startCity();
    const mine = city;
    lastKey += 1;
    const key = lastKey;
    mine.open.set(key, events);
    mine.alive.add(key);
    order(mine, { what: 'open', key, camera: address.url.replace(/^sim:/, ''), ffmpegPath });
    return {
      close() {
        if (mine.open.delete(key)) order(mine, { what: 'close', key });
      },
    };
  };

  function startCity(): City {
    const entry = ports.cityEntry ?? new URL(besideUs, import.meta.url);
    const data: CityData = { prepared: ports.prepared === undefined ? preparedBesideUs() : ports.prepared };
    const worker = new Worker(entry, {
      name: 'city',
      workerData: data,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const stopHeads =
      ports.heads?.watch((camera, head) => worker.postMessage({ what: 'head', camera, head } satisfies CityOrder)) ?? (() => {});
    const started: City = { worker, open: new Map(), alive: new Set(), stopHeads };
    worker.on('message', (message: unknown) => hear(started, cityNewsSchema.parse(message)));
    worker.on('error', () => fail(started));
    worker.on('exit', () => fail(started));
    return started;
  }

  function hear(from: City, news: CityNews): void {
    if (news.what === 'note') return ports.note?.(news.words);
    const events = from.open.get(news.key);
    if (news.what === 'gone') {
      from.alive.delete(news.key);
      if (from.alive.size > 0) return;
      forget(from);
      void from.worker.terminate();
    } else if (events === undefined) {
      return;
    } else if (news.what === 'opened') {
      events.onOpen({ codec: 'h264', parameterSets: news.parameterSets.map((set) => asBuffer(set)) });
    } else if (news.what === 'unit') {
      const { keyPicture, rtpTimestamp, captureUtcMs } = news;
      events.onUnit({ codec: 'h264', nals: splitBytes(news.bytes, news.lengths), key: keyPicture, rtpTimestamp, captureUtcMs });
    } else {
      from.open.delete(news.key);
      events.onEnd({ code: news.code, detail: news.detail });
    }
  }

  function fail(which: City): void {
    forget(which);
    const problem: SourceProblem = { code: 'camera-protocol', detail: 'the demonstration city stopped' };
    const speakers = [...which.open.values()];
    which.open.clear();
    for (const events of speakers) events.onEnd(problem);
  }

  function forget(which: City): void {
    which.stopHeads();
    if (city === which) city = null;
  }
}

function order(city: City, message: CityOrder): void {
  city.worker.postMessage(message);
}

function splitBytes(bytes: Uint8Array, lengths: readonly number[]): readonly Buffer[] {
  const whole = asBuffer(bytes);
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return whole.subarray(at - length, at);
  });
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
