import type { CameraId } from '../../../core/cameras/camera.ts';
import {
  cameraTourDueAtMs,
  type CameraTourInput,
  type CameraTourLife,
  type CameraTourOrder,
  cameraTourOrder,
  nextCameraTour,
  noCameraTour,
  type SeenTour,
  tourOrderPolicy,
  tourThatWaits,
} from '../../../core/ptz/camera-tour-life.ts';
import { type CameraTourFact, mostPtzCameras, type PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import { ptzProblemSchema } from '../../../core/ptz/abilities.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { nextDelayMs } from '../../../core/streams/retry-policy.ts';
import type { Clock } from '../../ports/clock.ts';
import { refusalOf } from './refusal.ts';
import type { KeptTours } from './kept-tours.ts';
import type { SteeredCamera } from './steered-camera.ts';

/** So long the end of the program waits for a camera that is to go on with its tour, ms. What did not answer goes on at the next start. */
const leaveLimitMs = 2_000;

/** Tours that cameras run by themselves: `nextCameraTour` per camera, with its timer. They go on when the program ends. */
export interface CameraTours {
  /** What an earlier program left paused is known. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  readonly list: Watchable<CameraTourFact[]>;
  /** Resolves with why not; `replaced` where somebody steered meanwhile. */
  start(camera: CameraId, tour: string): Promise<PtzRefusal | null>;
  /** Resolves at once where none runs. */
  stop(camera: CameraId): Promise<PtzRefusal | null>;
  steered(camera: CameraId): void;
  freed(camera: CameraId): void;
  /** What the camera says of its tours. */
  seen(camera: CameraId, tours: readonly SeenTour[]): void;
  /** Resolves when a pause that steering asked for was answered: what is sent before that may be undone by it. */
  whenPaused(camera: CameraId): Promise<void>;
  isRunning(camera: CameraId): boolean;
  /** Nothing begins any more. */
  close(): void;
  /** After `close`, of a camera that stands: what was paused for somebody goes on, for nobody will be there to say so. Never rejects. */
  leave(camera: CameraId): Promise<void>;
}

interface Entry {
  life: CameraTourLife;
  callOff: () => void;
  /** One order at a time is on its way. */
  busy: Promise<void> | null;
  asked: { readonly turn: number; answer(refusal: PtzRefusal | null): void } | null;
}

export function createCameraTours(ports: {
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  /** At once where the camera is in use: a pause goes ahead of the move that it is for. */
  get(camera: CameraId): SteeredCamera | undefined;
  open(camera: CameraId): Promise<SteeredCamera | PtzRefusal>;
  /** It is about to be moved. */
  onMove(camera: CameraId): void;
  readonly kept: Pick<KeptTours, 'left' | 'keep'>;
}): CameraTours {
  const { clock } = ports;
  const entries = new Map<CameraId, Entry>();
  const list = createCell<CameraTourFact[]>([]);
  let closed = false;

  function tell(): void {
    const facts = [...entries].flatMap(([camera, { life }]) => factOf(camera, life) ?? []);
    if (JSON.stringify(facts) !== JSON.stringify(list.current())) list.set(facts);
  }

  /** The place of a camera in which something begins; null: there are too many. */
  function entryOf(camera: CameraId): Entry | null {
    const known = entries.get(camera);
    if (known !== undefined || entries.size >= mostPtzCameras) return known ?? null;
    const made: Entry = { life: noCameraTour, callOff: () => {}, busy: null, asked: null };
    entries.set(camera, made);
    return made;
  }

  function give(camera: CameraId, entry: Entry, input: CameraTourInput): void {
    if (closed) return;
    take(camera, entry, input);
    if (entry.asked !== null && entry.asked.turn !== entry.life.turn) answer(entry, 'replaced');
    goOn(camera, entry);
    tell();
  }

  function take(camera: CameraId, entry: Entry, input: CameraTourInput): void {
    const before = tourThatWaits(entry.life);
    entry.life = nextCameraTour(entry.life, input);
    const waits = tourThatWaits(entry.life);
    if (waits !== before) void ports.kept.keep(camera, waits === null ? null : { by: 'camera', token: waits });
  }

  function answer(entry: Entry, refusal: PtzRefusal | null): void {
    const { asked } = entry;
    entry.asked = null;
    asked?.answer(refusal);
  }

  /** Sends what is due, or waits for it; while something is on its way neither. */
  function goOn(camera: CameraId, entry: Entry): void {
    entry.callOff();
    if (entry.busy !== null) return;
    const { life } = entry;
    if (life.state === 'idle' && life.ended === null) return void entries.delete(camera);
    const order = cameraTourOrder(life, clock.monotonicMs());
    if (order !== null) {
      entry.busy = carryOut(camera, entry, order);
      return;
    }
    const dueAtMs = cameraTourDueAtMs(life);
    const tick = (): void => give(camera, entry, { what: 'tick', atMs: clock.monotonicMs() });
    entry.callOff = dueAtMs === null ? () => {} : clock.after(Math.max(0, dueAtMs - clock.monotonicMs()), tick);
  }

  async function carryOut(camera: CameraId, entry: Entry, order: CameraTourOrder): Promise<void> {
    const tries = 'tries' in entry.life ? entry.life.tries : 0;
    let seen: readonly SeenTour[] | null = null;
    const refusal = await withCamera(camera, async (steered) => {
      const { control, motion } = steered;
      if (order.what === 'look') seen = await control.tours();
      else if (order.what === 'pause') await control.pauseTour(order.tour);
      else if (order.what === 'stop') await control.stopTour(order.tour);
      else if ('instead' in order) {
        ports.onMove(camera);
        if (order.instead !== null) await refusalOf(control.stopTour(order.instead));
        // As any order that moves it: what is steered meanwhile takes its place, and a Stop that is owed does not come after it.
        await motion.go(() => control.startTour(order.tour));
      }
    });
    entry.busy = null;
    if (entry.asked?.turn === order.turn) answer(entry, refusal);
    const atMs = clock.monotonicMs();
    if (seen !== null) return give(camera, entry, { what: 'seen', tours: seen, atMs });
    const problem = refusal === null ? null : (ptzProblemSchema.safeParse(refusal).data ?? 'fault');
    const delayMs = nextDelayMs(tourOrderPolicy, tries, () => ports.random());
    give(camera, entry, { what: 'answered', turn: order.turn, problem, delayMs, atMs });
  }

  async function withCamera(camera: CameraId, ask: (steered: SteeredCamera) => Promise<void>): Promise<PtzRefusal | null> {
    const steered = ports.get(camera) ?? (await ports.open(camera));
    // What is no fault of the camera's is said as one: there is nobody else to hear it.
    return typeof steered === 'string' ? steered : refusalOf(ask(steered)).catch(() => 'fault' as const);
  }

  function asking(camera: CameraId, entry: Entry, input: CameraTourInput): Promise<PtzRefusal | null> {
    return new Promise((resolve) => {
      answer(entry, 'replaced');
      take(camera, entry, input);
      entry.asked = { turn: entry.life.turn, answer: resolve };
      goOn(camera, entry);
      tell();
    });
  }

  const ready = ports.kept.left.then((all) => {
    for (const { camera, tour } of all) {
      const entry = closed || tour.by !== 'camera' ? null : entryOf(camera);
      if (entry !== null && tour.by === 'camera')
        give(camera, entry, { what: 'left-paused', tour: tour.token, atMs: clock.monotonicMs() });
    }
  });

  return {
    ready,
    list,
    start(camera, tour) {
      const entry = entryOf(camera);
      if (entry === null || closed) return Promise.resolve('too-many');
      return asking(camera, entry, { what: 'start', tour, atMs: clock.monotonicMs() });
    },
    async stop(camera) {
      const entry = entries.get(camera);
      if (entry === undefined || closed) return null;
      if (entry.life.state !== 'idle') return asking(camera, entry, { what: 'stop' });
      give(camera, entry, { what: 'stop' });
      return null;
    },
    steered(camera) {
      const entry = entries.get(camera);
      if (entry !== undefined) give(camera, entry, { what: 'steered', atMs: clock.monotonicMs() });
    },
    freed(camera) {
      const entry = entries.get(camera);
      if (entry !== undefined) give(camera, entry, { what: 'freed', atMs: clock.monotonicMs() });
    },
    seen(camera, tours) {
      const entry = tours.some(({ state }) => state === 'touring') ? entryOf(camera) : entries.get(camera);
      if (entry) give(camera, entry, { what: 'seen', tours, atMs: clock.monotonicMs() });
    },
    async whenPaused(camera) {
      for (;;) {
        const entry = entries.get(camera);
        const isOwed = entry?.life.state === 'interrupted' && !entry.life.isPaused && entry.life.tries === 0;
        if (!isOwed || entry.busy === null) return;
        await entry.busy;
      }
    },
    isRunning: (camera) => (entries.get(camera)?.life.state ?? 'idle') !== 'idle',
    close() {
      closed = true;
      for (const entry of entries.values()) {
        entry.callOff();
        answer(entry, 'replaced');
      }
    },
    async leave(camera) {
      const entry = entries.get(camera);
      const steered = ports.get(camera);
      const tour = entry === undefined ? null : tourThatWaits(entry.life);
      if (entry === undefined || steered === undefined || tour === null) return;
      let callOff = () => {};
      const goesOn = (async () => {
        await entry.busy;
        await steered.control.startTour(tour);
        await ports.kept.keep(camera, null);
      })().catch(() => {});
      await Promise.race([goesOn, new Promise<void>((resolve) => (callOff = clock.after(leaveLimitMs, resolve)))]);
      callOff();
    },
  };
}

function factOf(camera: CameraId, life: CameraTourLife): CameraTourFact | null {
  switch (life.state) {
    case 'idle':
      return life.ended && { camera, state: 'ended', ...life.ended };
    case 'starting':
      return { camera, state: 'starting', tour: life.tour, problem: null };
    case 'touring':
    case 'stopping':
      return { camera, state: life.state === 'touring' && !life.sure ? 'unsure' : 'running', tour: life.tour, problem: null };
    case 'interrupted':
      return { camera, state: 'interrupted', tour: life.tour, problem: life.problem };
  }
}
