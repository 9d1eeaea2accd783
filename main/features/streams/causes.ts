import { type Camera, type CameraEntry, type CameraId, isEmbedded, waysOf } from '../../../core/cameras/camera.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { type CauseTile, type CommonCause, commonCauses } from '../../../core/streams/common-cause.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';

/** Windows reckon UTC from their monotonic clocks, each a little differently: what was said first stands, as it does on the tiles (ms). */
const sameSinceMs = 1_000;

export interface CausesPorts {
  entry(camera: CameraId): CameraEntry | undefined;
  /** What people call the gateways of somebody else, by host and port. */
  gatewayNames(): Readonly<Record<string, string>>;
}

export interface Causes {
  /** One for each fault that darkens several cameras, on whatever display they are. */
  readonly all: Watchable<readonly CommonCause[]>;
  look(displays: readonly DisplayTiles[]): void;
}

/** Finds what cameras that went dark together have in common: here, because only main knows by which gateway they come. */
export function createCauses(ports: CausesPorts): Causes {
  const all = createCell<readonly CommonCause[]>([]);

  function causeTile(fact: TileFact): CauseTile {
    const { word, hop, why, sinceUtcMs } = fact.verdict;
    const entry = ports.entry(fact.camera);
    const gateway = entry === undefined ? null : gatewayOf(entry, fact, ports.gatewayNames());
    return { camera: fact.camera, word, hop, why, sinceUtcMs, site: siteOf(entry?.camera), gateway };
  }

  return {
    all,
    look(displays) {
      const before = all.current();
      const next = commonCauses(displays.flatMap(({ tiles }) => tiles).map(causeTile)).map((cause) => steady(before, cause));
      if (JSON.stringify(before) !== JSON.stringify(next)) all.set(next);
    },
  };
}

/** The gateway that the tile's stream comes by, as people call it, else its host and port; null for our own. */
function gatewayOf(entry: CameraEntry, { stream, way }: TileFact, names: Readonly<Record<string, string>>): string | null {
  const address = waysOf(entry, stream)[(way?.number ?? 1) - 1];
  if (address === undefined || isEmbedded(address)) return null;
  const { host, hostname } = new URL(address.url);
  const known = [host, hostname].find((name) => Object.hasOwn(names, name));
  return known === undefined ? host : (names[known] ?? host);
}

/** Two cities may each have a gate of the same name. */
const siteOf = (camera: Camera | undefined): string =>
  camera?.site ? [camera.site, camera.district].filter(Boolean).join(', ') : '';

function steady(before: readonly CommonCause[], cause: CommonCause): CommonCause {
  const told = before.find(({ kind, name }) => kind === cause.kind && name === cause.name);
  const isSame = told !== undefined && Math.abs(told.sinceUtcMs - cause.sinceUtcMs) < sameSinceMs;
  return isSame ? { ...cause, sinceUtcMs: told.sinceUtcMs } : cause;
}
