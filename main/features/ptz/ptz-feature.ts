import { setImmediate } from 'node:timers/promises';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { seatForRecords } from '../../../core/access/seat.ts';
import type { Holder } from '../../../core/ptz/lease.ts';
import type { ptzContract, PtzOutcome, PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import type { ValueOf } from '../../../core/rpc/define.ts';
import type { CallContext, Feature, Session } from '../../../core/rpc/handlers.ts';
import type { CameraControl, StopGuard } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Door } from '../../ports/door.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import type { Vault } from '../../ports/vault.ts';
import { createDutyKeeper } from './duty-keeper.ts';
import { createLensKeeper } from './lens-keeper.ts';
import { createPresetCalls } from './preset-calls.ts';
import { answered, refusalOf } from './refusal.ts';
import { createSavedTours } from './saved-tours.ts';
import type { SteeredCamera } from './steered-camera.ts';
import { createSteeredCameras } from './steered-cameras.ts';
import { createTourCalls } from './tour-calls.ts';

export interface PtzPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Journal;
  readonly registry: Registry;
  readonly vault: Vault;
  readonly guard: StopGuard;
  /** A new control of a camera; null: it is not one that can be steered; `locked`: its password waits for the passphrase. */
  control(camera: CameraId): CameraControl | 'locked' | null;
  /** Whether it still speaks with that camera where it is, as whom it is known. */
  isCurrent(camera: CameraId, control: CameraControl): boolean;
  /** Resolves when `control` answers rightly for it. */
  whenKnown(cameras: readonly string[]): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

export interface PtzFeature extends Feature<typeof ptzContract> {
  readonly ready: Promise<void>;
  /** Pictures of presets. */
  readonly door: Door;
  /** The directory changed: what is idle forgets its address, and what is not goes on at the new one. */
  camerasChanged(): void;
}

type Lost = ValueOf<typeof ptzContract, 'ptz.lost'>;
const done: PtzOutcome = { refusal: null, heldBy: null };
const refused = (refusal: PtzRefusal, heldBy: Holder | null = null): PtzOutcome => ({ refusal, heldBy });

/** Steering: who may, the movement and its end, presets, duty and tours. */
export function createPtzFeature(ports: PtzPorts): PtzFeature {
  const { clock, log, journal, registry } = ports;
  const losers = new Set<(seat: number, lost: Lost) => void>();
  const cameras = createSteeredCameras({
    clock,
    guard: ports.guard,
    random: () => ports.random(),
    lens: (camera) => lenses.of(camera),
    control: (camera) => ports.control(camera),
    isCurrent: (camera, control) => ports.isCurrent(camera, control),
    onLost(camera, by, to) {
      for (const tell of losers) tell(by.seat, { camera, to });
      if (to !== null) void record('taken-over', camera, { from: by.seat, to: to.seat });
    },
    onFree: (camera) => tours.freed(camera),
    onTrouble: (camera, problem, words) => log.warn('A camera could not be steered', { camera, problem, words }),
  });
  const lenses = createLensKeeper({ log, registry, onChange: () => cameras.lensChanged() });
  const savedTours = createSavedTours({ log, registry });
  const tours = createTourCalls({
    clock,
    log,
    registry,
    random: () => ports.random(),
    get: (camera) => cameras.get(camera),
    async open(camera) {
      await ports.whenKnown([camera]);
      return cameras.open(camera);
    },
    opened,
    holding,
    sendTo,
    onMove(camera) {
      presets.moved(camera);
      duties.moved(camera);
    },
  });
  const duties = createDutyKeeper({
    clock,
    log,
    registry,
    isFree: (camera) => (cameras.get(camera)?.isFree() ?? true) && !tours.isRunning(camera),
    sendBack: async (camera, preset) => (await sendTo(camera, preset, null)) === null,
  });

  /** After what is on its way to the camera: a record takes the disk's time, and a key press must not wait for that. */
  async function record(what: string, camera: CameraId, data: object): Promise<void> {
    await setImmediate();
    try {
      await journal.append(`ptz.${what}`, { camera, ...data });
    } catch (error) {
      log.error('What was done with a camera was not recorded', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Of our own accord: nobody's lease is needed, and none is taken. */
  async function sendTo(camera: CameraId, preset: string, speed: number | null): Promise<PtzRefusal | null> {
    await ports.whenKnown([camera]);
    const steered = cameras.open(camera);
    if (typeof steered === 'string') return steered;
    presets.moved(camera);
    const refusal = await refusalOf(steered.motion.go(() => steered.control.goToPreset(preset, speed)));
    if (refusal === null) duties.wentTo(camera, preset);
    return refusal;
  }

  async function opened(camera: CameraId): Promise<SteeredCamera | PtzOutcome> {
    const known = cameras.get(camera);
    if (known !== undefined) return known;
    await ports.whenKnown([camera]);
    const steered = cameras.open(camera);
    return typeof steered === 'string' ? refused(steered) : steered;
  }

  /** Does something with a camera that this session's seat holds, or now takes. It interrupts a tour, but where that is what it is about. */
  async function holding<T extends PtzOutcome>(
    camera: CameraId,
    session: Session,
    work: (steered: SteeredCamera) => T | Promise<T>,
    interrupts = true,
  ): Promise<T | PtzOutcome> {
    const steered = await opened(camera);
    if ('refusal' in steered) return steered;
    // It may have ended while the directory was asked.
    if (session.ended.aborted) return refused('replaced');
    const wasMine = steered.leaseFact()?.by.seat === session.seat.number;
    const heldBy = steered.take(session);
    if (heldBy !== null) return refused('held', heldBy);
    if (!wasMine) void record('taken', camera, { seat: seatForRecords(session.seat) });
    if (interrupts) tours.steered(camera);
    return work(steered);
  }

  /** The same, for one question to the camera. */
  const asking = (camera: CameraId, session: Session, ask: (steered: SteeredCamera) => Promise<unknown>): Promise<PtzOutcome> =>
    holding(camera, session, async (steered) => {
      await tours.whenPaused(camera);
      const refusal = await refusalOf(ask(steered));
      return refusal === null ? done : refused(refusal);
    });

  const presets = createPresetCalls({ ...ports, get: (camera) => cameras.get(camera), opened, asking });

  async function goTo(
    { camera, to }: Parameters<Feature<typeof ptzContract>['calls']['ptz.go-to']>[0],
    { session }: CallContext,
  ): Promise<PtzOutcome> {
    return asking(camera, session, async ({ control, motion }) => {
      presets.moved(camera);
      const ways = {
        absolute: () => (to.what === 'absolute' ? control.goToPosition(to.position) : Promise.resolve()),
        relative: () => (to.what === 'relative' ? control.goBy(to.by) : Promise.resolve()),
        preset: () => (to.what === 'preset' ? control.goToPreset(to.token, null) : Promise.resolve()),
        home: () => control.goHome(),
      };
      await motion.go(ways[to.what]);
      if (to.what === 'preset') duties.wentTo(camera, to.token);
      else duties.moved(camera);
    });
  }

  return {
    ready: Promise.all([presets.ready, duties.ready, tours.ready, lenses.ready, savedTours.ready]).then(() => {}),
    door: presets.door,
    camerasChanged: () => cameras.refresh(),
    calls: {
      async 'ptz.read'({ camera }) {
        const steered = await opened(camera);
        if ('refusal' in steered) return steered;
        const problem = await steered.readAbilities();
        return problem === null ? done : refused(problem);
      },
      'ptz.take': ({ camera }, { session }) =>
        holding(camera, session, (steered) => {
          void steered.readAbilities();
          return done;
        }),
      'ptz.reserve': ({ camera, forMs }, { session }) =>
        holding(camera, session, (steered) => {
          steered.reserve(session, forMs);
          return done;
        }),
      'ptz.release'({ camera }, { session }) {
        cameras.get(camera)?.release(session.seat.number);
        return done;
      },
      'ptz.move': ({ camera, velocity }, { session }) =>
        holding(camera, session, (steered) => {
          steered.moveBy(session, velocity);
          presets.moved(camera);
          duties.moved(camera);
          return done;
        }),
      'ptz.stop': ({ camera }, { session }) =>
        holding(camera, session, ({ motion }) => {
          motion.stop(true);
          return done;
        }),
      'ptz.go-to': goTo,
      async 'ptz.position'({ camera }) {
        const steered = await opened(camera);
        if ('refusal' in steered) return { refusal: steered.refusal, position: null };
        return answered(steered.control.position(), (position) => ({ refusal: null, position }), { position: null });
      },
      ...presets.calls,
      'ptz.set-home': ({ camera }, { session }) => asking(camera, session, ({ control }) => control.setHome()),
      async 'ptz.set-duty'({ camera, duty }) {
        const isSet = await duties.set(camera, duty).catch(() => null);
        return isSet === true ? done : refused(isSet === null ? 'not-saved' : 'too-many');
      },
      async 'ptz.set-lens'({ camera, lens }) {
        const isSet = await lenses.set(camera, lens).catch(() => null);
        return isSet === true ? done : refused(isSet === null ? 'not-saved' : 'too-many');
      },
      ...tours.calls,
      ...savedTours.calls,
      'ptz.focus': ({ camera, act }, { session }) => asking(camera, session, ({ lens }) => lens.focus(act)),
      'ptz.iris': ({ camera, act }, { session }) =>
        asking(camera, session, ({ control }) => control.iris(act.what === 'auto' ? null : act.part)),
      'ptz.auxiliary': ({ camera, command }, { session }) => asking(camera, session, ({ control }) => control.auxiliary(command)),
    },
    states: {
      'ptz.leases': () => cameras.leases,
      'ptz.abilities': () => cameras.abilities,
      'ptz.troubles': () => cameras.troubles,
      'ptz.duties': () => duties.list,
      ...tours.states,
      ...presets.states,
    },
    events: {
      ...presets.events,
      'ptz.lost'(session, listener) {
        const tell = (seat: number, lost: Lost): void => {
          if (seat === session.seat.number) listener(lost);
        };
        losers.add(tell);
        return () => losers.delete(tell);
      },
    },
    sessionEnded(session) {
      for (const steered of cameras.all()) steered.sessionEnded(session);
    },
    async close() {
      tours.close();
      duties.close();
      presets.close();
      lenses.close();
      savedTours.close();
      await cameras.close((camera) => tours.leave(camera));
      await tours.end();
    },
  };
}
