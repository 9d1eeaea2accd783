import type { Camera, CameraId, StreamName } from '../../../core/cameras/camera.ts';
import type { WindowLoad } from '../../../core/streams/decode-budget.ts';
import { nextQuality, openQuality, qualityOf } from '../../../core/streams/next-quality.ts';
import { neverBelowSub, type QualityTile, tileImportance, type TileQuality } from '../../../core/streams/quality.ts';
import { type PcLoad, unknownPcLoad } from '../../../core/streams/pc-load.ts';
import { type QualityLimits, usualLimits } from '../../../core/streams/quality-limits.ts';
import { streamFor } from '../../../core/streams/stream-need.ts';
import type { CameraClaims } from './camera-claims.ts';
import { createHeldRate, type HeldSession } from './held-rate.ts';
import { createQualityBoxes } from './quality-boxes.ts';
import { qualityHad } from './quality-had.ts';
import { createQualityLoad } from './quality-load.ts';
import { createQualityRates } from './quality-rates.ts';
import { createQualityRefresh } from './quality-refresh.ts';
import type { TileSession } from './tile-session.ts';

const tickMs = 500;

/** What matters of a tile, as its place on the wall knows it. */
export interface TileConcern {
  readonly camera: Pick<Camera, 'id' | 'streams'>;
  readonly pinned: boolean;
  readonly selected: boolean;
  /** Over the whole display, or enlarged by hand. */
  readonly whole: boolean;
  readonly zoomed: boolean;
  readonly covered: boolean;
}

/** Gives each tile of this window the stream and the gait that it needs and that there is room for. The rules are in `nextQuality`. */
export interface WallQuality {
  /** Tells of a tile; null when it shows no camera any more. */
  tell(tile: number, concern: TileConcern | null, picture: HTMLElement | null): void;
  /** What matters of a tile; null where it shows no camera. */
  concernOf(tile: number): TileConcern | null;
  /** What a tile gets; a new object only when it is something else. Null where it shows no camera. */
  of(tile: number): TileQuality | null;
  /** Has a tile's stream shown. `show` is called with another stream of its camera; `anew`: what is open leads to no picture. */
  drive(tile: number, session: TileSession, show: (stream: StreamName, anew: boolean) => void): () => void;
  /** The stream a tile of that share of the wall's width would open. */
  guess(camera: Pick<Camera, 'id' | 'streams'>, widthShare: number): StreamName;
  setLimits(limits: QualityLimits): void;
  /** What comes and no tile shows: it takes its share of the settings' bandwidth. To be told about once a second. */
  setHeld(sessions: readonly HeldSession[], nowMs: number): void;
  setPcLoad(pc: PcLoad): void;
  /** What speaks for a camera beside its tile, asked whenever it is decided. */
  setClaims(claims: (camera: CameraId) => Claims): void;
  forget(camera: CameraId, stream: StreamName): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

type Claims = Pick<CameraClaims, 'steered' | 'flagged'>;

interface Driven {
  readonly session: TileSession;
  readonly show: (stream: StreamName, anew: boolean) => void;
}
interface Told {
  readonly concern: TileConcern;
  readonly picture: HTMLElement;
  readonly stop: () => void;
}

export interface WallQualityPorts {
  readonly document: Document;
  readonly cores: number;
  readonly pixelRatio: () => number;
  readonly nowMs: () => number;
}

export function createWallQuality({ document, cores, pixelRatio, nowMs }: WallQualityPorts): WallQuality {
  const tiles = new Map<number, Told>();
  const driven = new Map<number, Driven>();
  const qualities = new Map<number, TileQuality>();
  const listeners = new Set<() => void>();
  const boxes = createQualityBoxes(pixelRatio);
  const rates = createQualityRates();
  const load = createQualityLoad(cores);
  const refresh = createQualityRefresh();
  const heldRate = createHeldRate();
  let limits = usualLimits;
  let pc = unknownPcLoad;
  let claims: (camera: CameraId) => Claims = () => ({ steered: false, flagged: false });
  let state = openQuality(nowMs());
  let noticed: WindowLoad = load.look([], 0, nowMs(), pc);
  let tickedMs = nowMs();

  const timer = setInterval(() => {
    const atMs = nowMs();
    const lagMs = Math.max(0, atMs - tickedMs - tickMs);
    tickedMs = atMs;
    // What nobody sees tells nothing, and its timers are slow.
    if (document.hidden) return;
    const looked = [...driven].map(([tile, { session }]) => {
      const concern = tiles.get(tile)?.concern;
      return { session, important: concern !== undefined && importanceOf(concern) >= neverBelowSub };
    });
    for (const { session } of looked) rates.look(session, atMs);
    noticed = load.look(looked, lagMs, atMs, pc);
    decide(atMs);
    for (const [tile, own] of driven) act(tile, own, atMs);
  }, tickMs);

  function importanceOf({ camera, whole, selected, pinned }: TileConcern): number {
    const { steered, flagged } = claims(camera.id);
    return tileImportance({ whole, selected, steered, pinned, incident: flagged });
  }

  function tileOf(tile: number, { concern, picture }: Told, atMs: number): QualityTile {
    const { camera } = concern;
    return {
      tile,
      camera: camera.id,
      streams: camera.streams,
      rates: rates.of(camera),
      box: boxes.of(picture),
      importance: importanceOf(concern),
      best: concern.whole || concern.zoomed,
      seen: !concern.covered && !document.hidden,
      unable: rates.unable(camera.id, atMs),
    };
  }

  function decide(atMs: number): void {
    const all = [...tiles].map(([tile, told]) => tileOf(tile, told, atMs));
    state = nextQuality(state, {
      tiles: all,
      load: noticed,
      limits: withoutHeld(limits, heldRate.kbps()),
      hardware: load.hardware(),
      nowMs: atMs,
    });
    let changed = false;
    for (const tile of all) {
      const decided = state.tiles.get(tile.tile);
      if (!decided) continue;
      const next = qualityHad(qualityOf(tile, decided), driven.get(tile.tile)?.session);
      if (isSame(qualities.get(tile.tile), next)) continue;
      qualities.set(tile.tile, next);
      changed = true;
    }
    if (changed) tell();
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function act(tile: number, { session, show }: Driven, atMs: number): void {
    const quality = qualities.get(tile);
    const told = tiles.get(tile);
    if (!quality || !told) return;
    const { stream, gait } = quality;
    const { camera } = told.concern;
    if (gait === 'still') refresh.look(session, atMs);
    else {
      refresh.leave(session);
      session.setMost(gait);
    }
    const unable = rates.unable(camera.id, atMs);
    const wanted = session.wanted();
    if (wanted.endsWith(`/${stream}`)) return;
    const anew = unable.some((each) => wanted.endsWith(`/${each}`)) && session.life().state !== 'live';
    show(stream, anew);
  }

  return {
    tell(tile, concern, picture) {
      const before = tiles.get(tile);
      if (concern === null || picture === null) {
        before?.stop();
        tiles.delete(tile);
        if (qualities.delete(tile)) tell();
        return;
      }
      const stop = before?.picture === picture ? before.stop : (before?.stop(), boxes.follow(picture));
      tiles.set(tile, { concern, picture, stop });
      const atMs = nowMs();
      decide(atMs);
      const own = driven.get(tile);
      if (own && before?.concern.camera.id === concern.camera.id) act(tile, own, atMs);
    },
    concernOf: (tile) => tiles.get(tile)?.concern ?? null,
    of: (tile) => qualities.get(tile) ?? null,
    drive(tile, session, show) {
      const own: Driven = { session, show };
      driven.set(tile, own);
      act(tile, own, nowMs());
      return () => {
        if (driven.get(tile) === own) driven.delete(tile);
      };
    },
    guess(camera, widthShare) {
      const wall = document.querySelector('[data-wall]');
      const ratio = pixelRatio() * widthShare;
      const box = wall && { width: wall.clientWidth * ratio, height: wall.clientHeight * ratio };
      const known = { streams: camera.streams, rates: rates.of(camera), unable: rates.unable(camera.id, nowMs()) };
      return streamFor({ ...known, box, best: false });
    },
    setLimits(next) {
      limits = next;
    },
    setHeld: heldRate.look,
    setPcLoad(next) {
      pc = next;
    },
    setClaims(next) {
      claims = next;
    },
    forget: rates.forget,
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    close() {
      clearInterval(timer);
      boxes.close();
      tiles.clear();
      driven.clear();
      listeners.clear();
    },
  };
}

const isSame = (a: TileQuality | undefined, b: TileQuality): boolean =>
  a?.stream === b.stream && a.gait === b.gait && a.reason === b.reason;

const withoutHeld = (limits: QualityLimits, kbps: number): QualityLimits =>
  limits.bandwidthKbps === null ? limits : { ...limits, bandwidthKbps: Math.max(0, limits.bandwidthKbps - kbps) };
