import { onTestFinished } from 'vitest';
import { type CameraId, cameraIdSchema } from '../../core/cameras/camera.ts';
import type { Role } from '../../core/access/role.ts';
import type { PtzAbilities } from '../../core/ptz/abilities.ts';
import type { PtzPosition } from '../../core/ptz/velocity.ts';
import type { CallContext, Session } from '../../core/rpc/handlers.ts';
import { createPtzFeature } from '../../main/features/ptz/ptz-feature.ts';
import type { CameraControl, CameraOwnTour, CameraPreset } from '../../main/ports/camera-control.ts';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';

export const cameraId = (id: string): CameraId => cameraIdSchema.parse(id);

export const allAbilities: PtzAbilities = {
  continuous: { panTilt: true, zoom: true },
  relative: { panTilt: true, zoom: true },
  relativeToPicture: true,
  zoomByPicture: false,
  absolute: { panTilt: true, zoom: true },
  angles: null,
  magnification: null,
  status: true,
  mostPresets: 10,
  home: true,
  homeSettable: true,
  mostTours: 0,
  focus: true,
  iris: true,
  auxiliary: [],
};

/** A camera in small: it remembers what it was told, and answers when it is let. */
export function pretendCamera() {
  const told: string[] = [];
  const presets: CameraPreset[] = [
    { token: '1', name: 'gate' },
    { token: '2', name: 'gate' },
  ];
  const tours: CameraOwnTour[] = [
    { token: 't1', name: 'round', state: 'idle' },
    { token: 't2', name: '', state: 'idle' },
  ];
  let waiting: (() => void)[] | null = null;
  let problem: ControlProblem | null = null;
  let place: PtzPosition | null = { pan: 0, tilt: 0, zoom: 0 };
  async function tell(what: string): Promise<void> {
    told.push(what);
    const mine = problem;
    if (waiting) await new Promise<void>((resolve) => waiting?.push(resolve));
    if (mine) throw mine;
  }
  const control: CameraControl = {
    abilities: async () => {
      await tell('abilities');
      return allAbilities;
    },
    move: ({ pan, tilt, zoom }) => tell(`move ${pan} ${tilt} ${zoom}`),
    stop: () => tell('stop'),
    goToPosition: () => tell('position'),
    goBy: () => tell('by'),
    position: async () => place,
    presets: async () => presets,
    savePreset: async (name, token) => {
      await tell(`save ${name} ${token}`);
      if (token === null) presets.push({ token: '3', name });
      return token ?? '3';
    },
    async deletePreset(token) {
      await tell(`delete ${token}`);
      presets.splice(
        presets.findIndex((each) => each.token === token),
        1,
      );
    },
    async goToPreset(token) {
      await tell(`preset ${token}`);
      if (!presets.some((preset) => preset.token === token)) throw new ControlProblem('gone', 'no such preset');
    },
    tours: async () => {
      await tell('tours');
      return tours;
    },
    startTour: (token) => tell(`tour ${token}`),
    pauseTour: (token) => tell(`pause ${token}`),
    stopTour: (token) => tell(`end ${token}`),
    goHome: () => tell('home'),
    setHome: () => tell('set home'),
    focus: (act) => tell(`focus ${act}`),
    iris: (open) => tell(`iris ${open}`),
    auxiliary: (command) => tell(command),
    close: () => {},
  };
  return {
    control,
    told,
    /** From now on it says that it looks there; null: it does not say. */
    look: (at: PtzPosition | null) => {
      place = at;
    },
    /** What it keeps; may be changed. */
    presets,
    tours,
    /** From now on it answers only when `answer` is called. */
    hold: () => {
      waiting = [];
    },
    answer: () => {
      for (const go of (waiting ?? []).splice(0)) go();
    },
    /** Answers everything from now on. */
    release: () => {
      const held = waiting ?? [];
      waiting = null;
      for (const go of held) go();
    },
    fail: (with_: ControlProblem | null) => {
      problem = with_;
    },
  };
}
export type PretendCamera = ReturnType<typeof pretendCamera>;

/** A seat's window. `end` is what the host does when it closes. */
export function window(
  seat: number,
  priority = 50,
  id = `s${seat}`,
  role: Role = 'technician',
): { session: Session; signal: AbortSignal; end: AbortController } {
  const end = new AbortController();
  const session: Session = {
    id,
    seat: { number: seat, role, priority, signedIn: false },
    displayId: 'd1',
    windowKind: 'console',
    ended: end.signal,
  };
  return { session, signal: end.signal, end } satisfies CallContext & { end: AbortController };
}

/** The feature with pretended cameras c1 and c2, on a clock that stands. */
export async function start(options: { folder?: string; clock?: FakeClock } = {}) {
  const clock = options.clock ?? createFakeClock();
  const folder = options.folder ?? temporaryFolder();
  const stores = openSqliteStores(folder, clock);
  const cameras = new Map([
    ['c1', pretendCamera()],
    ['c2', pretendCamera()],
  ]);
  const guarded = new Set<string>();
  const log = collectLog();
  const ptz = createPtzFeature({
    clock,
    log,
    journal: stores.journal,
    registry: stores.registry,
    vault: await openFileVault(folder),
    guard: { mayMove: (camera) => void guarded.add(camera), isStill: (camera) => void guarded.delete(camera) },
    control: (camera) => cameras.get(camera)?.control ?? null,
    isCurrent: (camera, control) => cameras.get(camera)?.control === control,
    whenKnown: () => Promise.resolve(),
    random: () => 0.5,
  });
  await ptz.ready;
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    for (const camera of cameras.values()) camera.release();
    await ptz.close?.();
    stores.close();
  };
  onTestFinished(close);
  const of = (id: string): PretendCamera => {
    const found = cameras.get(id);
    if (!found) throw new Error(`no camera ${id}`);
    return found;
  };
  const end = ({ session, end: ending }: ReturnType<typeof window>): void => {
    ending.abort();
    ptz.sessionEnded?.(session);
  };
  /** The camera is another device from now on, as when its address changes. */
  const move = (id: string): PretendCamera => {
    const made = pretendCamera();
    cameras.set(id, made);
    ptz.camerasChanged();
    return made;
  };
  return { ptz, clock, of, move, guarded, log, close, end, calls: ptz.calls, journal: stores.journal };
}
