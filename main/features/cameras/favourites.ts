import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { camerasContract } from '../../../core/cameras/cameras.contract.ts';
import { type Cell, createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Handlers } from '../../../core/rpc/handlers.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';

const favouritesMax = 1_000;

/** Each seat's favourite cameras, in the order in which they were added, in the Registry. */
export interface Favourites {
  ofSeat(seat: number): Watchable<CameraId[]>;
  readonly calls: Pick<Handlers<typeof camerasContract>['calls'], 'cameras.favourite'>;
  close(): void;
}

export function createFavourites(ports: {
  readonly registry: Registry;
  readonly log: Log;
  /** Whether all of these are in the directory. */
  knows(cameras: readonly string[]): Promise<boolean>;
}): Favourites {
  const { log } = ports;
  const table = ports.registry.table('camera-favourites', z.array(cameraIdSchema).max(favouritesMax), (seat) =>
    log.warn('The favourites of a seat cannot be read and are left out', { seat }),
  );
  const seats = new Map<number, Cell<CameraId[]>>();
  function cellOf(seat: number): Cell<CameraId[]> {
    const cell = seats.get(seat) ?? createCell<CameraId[]>([]);
    seats.set(seat, cell);
    return cell;
  }
  const stop = table.watch((update) => {
    if (update.what !== 'present') return cellOf(Number(update.key)).set(update.what === 'put' ? update.value : []);
    const told = new Map(update.entries.map(({ key, value }) => [Number(key), value]));
    for (const seat of new Set([...seats.keys(), ...told.keys()])) cellOf(seat).set(told.get(seat) ?? []);
  });

  return {
    ofSeat: cellOf,
    calls: {
      async 'cameras.favourite'({ camera, favourite }, { session }) {
        const cell = cellOf(session.seat.number);
        if (cell.current().includes(camera) === favourite) return { refusal: null };
        if (favourite && !(await ports.knows([camera]))) return { refusal: 'no-such-camera' };
        const before = cell.current();
        if (before.includes(camera) === favourite) return { refusal: null };
        if (favourite && before.length >= favouritesMax) return { refusal: 'too-many' };
        const after = favourite ? [...before, camera] : before.filter((other) => other !== camera);
        // Set before it is kept, so that a second click counts from the first.
        cell.set(after);
        try {
          await table.put(String(session.seat.number), after);
          return { refusal: null };
        } catch (error) {
          if (cell.current() === after) cell.set(before);
          log.error('Favourites could not be kept', { reason: error instanceof Error ? error.message : 'unknown' });
          return { refusal: 'not-saved' };
        }
      },
    },
    close: stop,
  };
}
