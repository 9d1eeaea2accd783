import { countedRates, noRates, type TileRates } from '../../../core/health/tile-rates.ts';
import { type WallHealth, wallHealth } from '../../../core/health/wall-health.ts';
import type { QualityGait, QualityReason } from '../../../core/streams/quality.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import { type VerdictFact, verdictText } from '../../../core/streams/verdict-fact.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';

/** What `npm run proof -- --json` prints. Fields are only ever added. */
export interface ProofResult {
  readonly host: 'browser' | 'electron';
  readonly tiles: readonly ProofTile[];
  /** Tiles whose verdict is `LIVE`: one that is late, frozen or stepped down is not. */
  readonly live: number;
  /** From the command to the first live tile, and to all of them (ms); null where that never was. */
  readonly startMs: number | null;
  readonly wallMs: number | null;
  /** Decoding in cores, pictures dropped, Mbit/s received, tiles that lose packets: of all tiles together, while it measured. */
  readonly wall: WallHealth;
}

export interface ProofTile {
  readonly tile: number;
  readonly camera: string | null;
  readonly state: TileFact['state'];
  readonly fps: number;
  readonly firstFrameMs: number | null;
  readonly width: number;
  readonly height: number;
  readonly bitrateKbps: number;
  readonly packetsLost: number;
  readonly freezes: number;
  readonly decoder: TileFact['decoder'];
  readonly decoderSource: TileFact['decoderSource'];
  /** `LIVE`, `LIVE, time unknown`, `LATE 3 s`, `FROZEN`, `SLATE`, `STALLED`, `LOST`, `REFUSED`, `NO DECODER` …; null where nobody told. */
  readonly verdict: string | null;
  /** The hop at fault and since when (UTC, ms); null where nothing is wrong. */
  readonly hop: VerdictFact['hop'];
  readonly sinceUtcMs: number | null;
  /** How far the camera's clock is off this PC's (ms, positive: ahead); null where it tells none. */
  readonly clockOffsetMs: number | null;
  /** Over the time it measured; null where it was not counted, or nobody tells. */
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  /** How long a picture waited in the jitter buffer. */
  readonly bufferMs: number | null;
  /** From the taking of a picture to its arrival here. */
  readonly travelMs: number | null;
  readonly droppedPerS: number | null;
  readonly decodeCores: number | null;
  /** How much of the stream is decoded (`full`, `keys`, `still`), and why not more or not the larger stream; null where nobody told. */
  readonly gait: QualityGait | null;
  readonly loweredWhy: QualityReason | null;
  /** How long pictures are made to wait at least so that they move evenly (ms), and why; null where nobody told. */
  readonly smoothing: TileFact['smoothing'];
}

interface ProofPorts {
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  shown(): readonly { readonly tile: number; readonly camera: string | null }[];
  /** UTC, ms. */
  readonly commandAtMs: number;
  readonly timeoutMs: number;
  readonly measureMs: number;
  /** Told while it waits: how many are live. */
  progress(live: number, all: number): void;
}

/** Live tiles are counted within a second or two. */
const firstCountMs = 4_000;

/** Waits until every tile of the wall is live (or the time is up), then measures. */
export async function prove(ports: ProofPorts): Promise<ProofResult> {
  const facts = () => new Map((ports.tiles.current()[0]?.tiles ?? []).map((fact) => [fact.tile, fact]));
  const liveNow = () => [...facts().values()].filter(isLive).length;
  let startMs: number | null = null;
  let wallMs: number | null = null;
  let told = -1;
  const look = (): boolean => {
    const live = liveNow();
    const all = ports.shown().length;
    if (live !== told) ports.progress(live, all);
    told = live;
    if (live > 0) startMs ??= Date.now() - ports.commandAtMs;
    if (all > 0 && live >= all) wallMs ??= Date.now() - ports.commandAtMs;
    return wallMs !== null;
  };
  await within(ports.timeoutMs, ports.tiles, look);
  // A rate needs a first count.
  await within(firstCountMs, ports.tiles, () => [...facts().values()].every((fact) => fact.countedAtMs !== null));
  const before = facts();
  const endMs = performance.now() + ports.measureMs;
  await within(ports.measureMs, ports.tiles, () => performance.now() >= endMs);
  const after = facts();
  const tiles = ports.shown().map(({ tile, camera }) => proofTile(tile, camera, before.get(tile), after.get(tile)));
  const live = tiles.filter(({ tile }) => isLive(after.get(tile))).length;
  const wall = wallHealth([...after.values()].map((newest) => ({ newest, rates: ratesOf(before.get(newest.tile), newest) })));
  return { host: 'browser', tiles, live, startMs, wallMs, wall };
}

const isLive = (fact: TileFact | undefined): boolean => fact?.verdict.word === 'live';

function ratesOf(before: TileFact | undefined, after: TileFact | undefined): TileRates {
  return before && after ? { ...noRates, ...countedRates(before, after) } : noRates;
}

function proofTile(tile: number, camera: string | null, before: TileFact | undefined, after: TileFact | undefined): ProofTile {
  const seconds = before && after ? (after.atMs - before.atMs) / 1_000 : 0;
  const rate = (read: (fact: TileFact) => number) =>
    before && after && seconds > 0 ? Math.max(0, (read(after) - read(before)) / seconds) : 0;
  // Counted less often than the facts are told, so that the time between is that of the counting.
  const [countedMs, countedBeforeMs] = [after?.countedAtMs ?? null, before?.countedAtMs ?? null];
  const counted = countedMs === null || countedBeforeMs === null ? 0 : (countedMs - countedBeforeMs) / 1_000;
  const { lossPercent, jitterMs, bufferMs, travelMs, droppedPerS, decodeCores } = ratesOf(before, after);
  const bytes = before && after ? after.bytes - before.bytes : 0;
  return {
    tile,
    camera,
    state: camera === null ? 'empty' : (after?.state ?? 'opening'),
    fps: Math.round(rate((fact) => fact.frames) * 10) / 10,
    firstFrameMs: after?.firstFrameMs ?? null,
    width: after?.width ?? 0,
    height: after?.height ?? 0,
    bitrateKbps: counted > 0 ? Math.round((Math.max(0, bytes) * 8) / counted / 1_000) : 0,
    packetsLost: after && before ? after.packetsLost - before.packetsLost : 0,
    freezes: after && before ? after.freezes - before.freezes : 0,
    decoder: after?.decoder ?? 'unknown',
    decoderSource: after?.decoderSource ?? 'none',
    verdict: after ? verdictText(after.verdict) : null,
    hop: after?.verdict.hop ?? null,
    sinceUtcMs: after?.verdict.sinceUtcMs ?? null,
    clockOffsetMs: after?.verdict.clockOffsetMs ?? null,
    lossPercent,
    jitterMs,
    bufferMs,
    travelMs,
    droppedPerS,
    decodeCores,
    gait: after?.quality?.gait ?? null,
    loweredWhy: after?.quality?.reason ?? null,
    smoothing: after?.smoothing ?? null,
  };
}

/** Resolves when `done` says so (asked at each change), or after `limitMs`. */
function within<T>(limitMs: number, changes: Watchable<T>, done: () => boolean): Promise<void> {
  if (done()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, limitMs);
    const stop = changes.subscribe(() => {
      if (done()) end();
    });
  });
}
