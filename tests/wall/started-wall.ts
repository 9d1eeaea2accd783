import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { WindowKind } from '../../core/displays/displays.contract.ts';
import type { Watchable } from '../../core/rpc/cell.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import type { TileContent } from '../../core/wall/tile-content.ts';
import type { WallChange } from '../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import type { Journal } from '../../main/ports/journal.ts';
import type { Log } from '../../main/ports/log.ts';
import type { Registry } from '../../main/ports/registry.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { startWall } from './wall-set-up.ts';

const ends: (() => Promise<unknown> | void)[] = [];
/** Ends what a test started; call it after each. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** A Registry whose puts fail from the n-th on, as long as it is told to. */
function failing(registry: Registry): { registry: Registry; failFrom(put: number | null): void } {
  let left = Number.POSITIVE_INFINITY;
  const put = async (...[key, value, expectation]: Parameters<Registry['put']>) => {
    left -= 1;
    if (left < 0) throw new StoreProblem('full', 'The disk is full.');
    return registry.put(key, value, expectation);
  };
  return {
    registry: {
      ...registry,
      put,
      table: (name, schema, onUnreadable) => {
        const table = registry.table(name, schema, onUnreadable);
        return { ...table, put: async (key, value) => put(`${name}.${key}`, schema.parse(value)) };
      },
    },
    failFrom(count) {
      left = count ?? Number.POSITIVE_INFINITY;
    },
  };
}

export async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-wall-'));
  ends.push(() => rm(folder, { recursive: true }));
  const stores = openSqliteStores(folder, createFakeClock());
  ends.push(() => stores.close());
  const { registry, failFrom } = failing(stores.registry);
  const journal: Journal = stores.journal;
  const again = async () => {
    const started = await startWall(registry, journal, silent);
    ends.push(() => started.wall.close?.());
    return started;
  };
  return { ...(await again()), again, failFrom, journal };
}

export function session(seat: number, displayId = 'left', windowKind: WindowKind = 'wall'): Session {
  return {
    id: `${seat}-${displayId}-${windowKind}`,
    seat: { number: seat, role: 'operator', priority: 50, signedIn: false },
    displayId,
    windowKind,
    ended: new AbortController().signal,
  };
}
export const camera = (name: string): TileContent => ({ kind: 'camera', camera: cameraIdSchema.parse(name) });
export const put = (tile: number, name: string, displayId = 'left'): WallChange => ({
  type: 'put',
  at: { displayId, tile },
  content: camera(name),
});
export const showBoth: WallChange = {
  type: 'show',
  displays: ['left', 'right'].map((displayId) => ({
    displayId,
    layout: gridLayout(1, 1),
    contents: [camera(displayId === 'left' ? 'c20' : 'c21')],
  })),
};
export const words = (share: DisplayWall | undefined) =>
  (share?.tiles ?? []).map(({ content }) => (content.kind === 'camera' ? content.camera : content.kind));
export type Started = Awaited<ReturnType<typeof start>>;
export const on = ({ wall }: Pick<Started, 'wall'>, displayId: string) =>
  words(wall.present().find((share) => share.displayId === displayId));
export const context = (of: Session) => ({ session: of, signal: of.ended });
export const one = { number: 1 };
export const two = { number: 2 };

/** What a watcher hears after the present value. */
export function heard<T>(source: Watchable<T>): T[] {
  const values: T[] = [];
  ends.push(source.subscribe((value) => values.push(value)));
  return values;
}
