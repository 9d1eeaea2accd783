import { DatabaseSync } from 'node:sqlite';
import { displayIds } from '../../core/displays/display-identity.ts';
import type { WindowKind } from '../../core/displays/displays.contract.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { CallContext, Session } from '../../core/rpc/handlers.ts';
import { createDisplaysFeature, type MiniatureFact } from '../../main/features/displays/displays-feature.ts';
import type { Display } from '../../main/ports/displays.ts';
import type { Registry } from '../../main/ports/registry.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { schemaSteps } from '../../main/stores/sqlite/schema.ts';
import { createSqliteRegistry } from '../../main/stores/sqlite/sqlite-registry.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createRememberingLog } from '../host/support/remembering-log.ts';

/** The real Registry on a database in memory. */
export function memoryRegistry(): Registry {
  const database = new DatabaseSync(':memory:');
  for (const step of schemaSteps) database.exec(step);
  return createSqliteRegistry(database, ':memory:');
}

/** A monitor of 1920 × 1080 that says who it is. */
export interface Monitor {
  readonly digest: string;
  readonly x: number;
  readonly connector?: string;
  readonly primary?: boolean;
}

/** What a host tells of these monitors. */
export function hostDisplays(monitors: readonly Monitor[]): readonly Display[] {
  const facts = monitors.map(({ digest, connector = `DP-${digest}` }) => ({ digest, connector, width: 1_920, height: 1_080 }));
  return displayIds(facts, []).map((id, index) => {
    const { digest = '', x = 0, primary = x === 0 } = monitors[index] ?? {};
    const bounds = { x, y: 0, width: 1_920, height: 1_080 };
    const connector = facts[index]?.connector ?? '';
    return { id, digest, connector, name: `Monitor ${digest}`, primary, bounds, pixels: bounds, millimetres: null, scale: 1 };
  });
}

/** The feature over pretended monitors; `restart` builds it anew on what was remembered. */
export async function startDisplays(first: readonly Monitor[], options: { kiosk?: boolean; registry?: Registry } = {}) {
  // What was remembered before a restart is on the disk by then.
  await new Promise((resolve) => setImmediate(resolve));
  const registry = options.registry ?? memoryRegistry();
  const displays = createCell(hostDisplays(first));
  const clock = createFakeClock();
  const { log, lines } = createRememberingLog();
  const forgotten: string[] = [];
  const miniatures = createCell<readonly MiniatureFact[]>([]);
  const feature = createDisplaysFeature({
    clock,
    log,
    registry,
    displays,
    kiosk: options.kiosk ?? false,
    miniatures,
    forgotten: (id) => forgotten.push(id),
  });
  await feature.ready;
  let sessions = 0;
  function session(displayId: string, windowKind: WindowKind): Session {
    sessions += 1;
    const seat = { number: 1, role: 'supervisor', priority: 50, signedIn: false } as const;
    const made = { id: `s${sessions}`, seat, displayId, windowKind, ended: new AbortController().signal };
    feature.sessionBegan(made);
    return made;
  }
  const signal = new AbortController().signal;
  const context: CallContext = { session: session('nowhere', 'wall'), signal };
  return {
    feature,
    clock,
    lines,
    forgotten,
    miniatures,
    registry,
    session,
    calls: {
      identify: () => feature.calls['displays.identify']({}, context),
      describe: (id: string, name: string, number: number) => feature.calls['displays.describe']({ id, name, number }, context),
      use: (id: string, wish: 'auto' | 'wall' | 'console') => feature.calls['displays.use']({ id, wish }, context),
      wordScale: (id: string, wish: number | null) => feature.calls['displays.word-scale']({ id, wish }, context),
      showElsewhere: (missing: string, on: string | null) => feature.calls['displays.show-elsewhere']({ missing, on }, context),
      forget: (id: string) => feature.calls['displays.forget']({ id }, context),
    },
    become: (monitors: readonly Monitor[]) => displays.set(hostDisplays(monitors)),
    /** Number, id, use and whether it is there, of every display. */
    known: () => feature.known.current().map(({ number, id, use, connected }) => [number, id, use, connected]),
    wishes: () => feature.windows.current().map(({ displayId, windowKind, bounds }) => [displayId, windowKind, bounds.x]),
  };
}

/** A disk that is full when it is told to be. */
export function fillableRegistry(): { registry: Registry; fill(on: boolean): void } {
  const real = memoryRegistry();
  let full = false;
  const refuse = () => Promise.reject(new StoreProblem('full', 'The disk is full.'));
  const registry: Registry = {
    ...real,
    table(name, schema, onUnreadable) {
      const table = real.table(name, schema, onUnreadable);
      return {
        ...table,
        put: (key, value, expectation) => (full ? refuse() : table.put(key, value, expectation)),
        delete: (key, expectation) => (full ? refuse() : table.delete(key, expectation)),
      };
    },
  };
  return {
    registry,
    fill(on) {
      full = on;
    },
  };
}
