import type { CameraId } from '../../../core/cameras/camera.ts';
import type { PtzProblem } from '../../../core/ptz/abilities.ts';
import {
  freeLease,
  type Holder,
  holdsLease,
  type Lease,
  type LeaseInput,
  leaseEndsAtMs,
  leaseLoss,
  nextLease,
} from '../../../core/ptz/lease.ts';
import { knownLens, type LensData } from '../../../core/ptz/lens.ts';
import type { AbilityFact, LeaseFact, PtzTrouble } from '../../../core/ptz/ptz.contract.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import { type CameraControl, ControlProblem, type StopGuard } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CameraMotion, createCameraMotion } from './camera-motion.ts';
import { createLensMotor, type LensMotor } from './lens-motor.ts';

export interface SteeredCameraPorts {
  readonly clock: Clock;
  readonly camera: CameraId;
  readonly control: CameraControl;
  readonly guard: StopGuard;
  random(): number;
  /** What a technician said of its lens. */
  lens(): LensData | null;
  /** Lease, movement, trouble or abilities changed. */
  onChange(): void;
  /** This seat lost it against its will; `to` is null where nobody took it. */
  onLost(by: Holder, to: Holder | null): void;
  onFree(): void;
  onTrouble(problem: PtzProblem, words: string): void;
}

/** A camera that somebody steers or watches: who holds it, what it can do, and how it moves. */
export interface SteeredCamera {
  readonly control: CameraControl;
  readonly motion: CameraMotion;
  readonly lens: LensMotor;
  /** Takes the lease for this session's seat, or lengthens it. Null: it is theirs; else who has it. */
  take(session: Session): Holder | null;
  reserve(session: Session, forMs: number): Holder | null;
  /** Gives it back, and ends what it moves. Nothing where the seat does not hold it. */
  release(seat: number): void;
  /** Moves as this session: when it ends, so does the movement. Needs the lease. */
  moveBy(session: Session, velocity: Parameters<CameraMotion['move']>[0]): void;
  sessionEnded(session: Session): void;
  isFree(): boolean;
  /** Nobody needs it in memory. */
  isIdle(): boolean;
  readAbilities(): Promise<PtzProblem | null>;
  /** Its address or password is another one: everything goes on by this control, in mid-move too. */
  goOnWith(control: CameraControl): void;
  leaseFact(): LeaseFact | null;
  abilityFact(): AbilityFact | null;
  trouble(): PtzTrouble | null;
  /** Stops it, and resolves when that was acknowledged or after `limitMs`; where it was, after `last`. */
  close(limitMs: number, last?: () => Promise<void>): Promise<void>;
}

export function createSteeredCamera(ports: SteeredCameraPorts): SteeredCamera {
  const { clock, camera } = ports;
  let control = ports.control;
  let lease: Lease = freeLease;
  let sinceUtcMs = 0;
  let callOff = () => {};
  /** Sessions of the holder's seat that used it. */
  const users = new Set<string>();
  let mover: string | null = null;
  let abilities: AbilityFact | null = null;
  let reading: Promise<PtzProblem | null> | null = null;
  let trouble: PtzTrouble | null = null;

  const motion = createCameraMotion({
    clock,
    camera,
    control: { move: (velocity) => control.move(velocity), stop: () => control.stop() },
    guard: ports.guard,
    random: ports.random,
    onChange: ports.onChange,
    onProblem(problem, words) {
      if ((trouble?.problem ?? null) === problem) return;
      trouble = problem === null ? null : { camera, problem, sinceUtcMs: clock.utcMs() };
      if (problem !== null) ports.onTrouble(problem, words);
      ports.onChange();
    },
  });

  const lens = createLensMotor({ clock, control: { focus: (act) => control.focus(act) }, random: () => ports.random() });

  /** Ends what would not end by itself. */
  function rest(): void {
    mover = null;
    motion.stop(false);
    lens.end();
  }

  function give(input: LeaseInput): void {
    const before = lease;
    lease = nextLease(before, input);
    const loss = leaseLoss(before, lease, input);
    const changed = lease.state === 'free' ? before.state !== 'free' : !holdsLease(before, lease.by.seat);
    if (changed) {
      users.clear();
      sinceUtcMs = clock.utcMs();
      // Whoever held it moves it no more; the next holder's own move follows this Stop.
      rest();
    }
    callOff();
    const endsAtMs = leaseEndsAtMs(lease);
    callOff = endsAtMs === null ? () => {} : clock.after(Math.max(0, endsAtMs - clock.monotonicMs()), tick);
    if (loss) ports.onLost(loss.by, loss.to);
    if (changed && lease.state === 'free') ports.onFree();
    if (changed || lease.state !== before.state) ports.onChange();
  }
  const tick = (): void => give({ what: 'tick', atMs: clock.monotonicMs() });

  function asked(session: Session, input: LeaseInput): Holder | null {
    give(input);
    if (!holdsLease(lease, session.seat.number)) return lease.state === 'free' ? null : lease.by;
    users.add(session.id);
    return null;
  }
  const holderOf = ({ seat }: Session): Holder => ({ seat: seat.number, priority: seat.priority });

  async function readOnce(): Promise<PtzProblem | null> {
    abilities = { camera, state: 'reading' };
    ports.onChange();
    try {
      const read = await control.abilities();
      abilities = { camera, state: 'known', abilities: read, lens: knownLens(ports.lens(), read.magnification) };
      return null;
    } catch (error) {
      const problem = error instanceof ControlProblem ? error.problem : 'fault';
      abilities = { camera, state: 'failed', problem };
      return problem;
    } finally {
      reading = null;
      ports.onChange();
    }
  }

  return {
    get control() {
      return control;
    },
    motion,
    lens,
    take(session) {
      const by = holderOf(session);
      const atMs = clock.monotonicMs();
      const held = asked(session, { what: 'take', by, atMs });
      if (held === null) give({ what: 'used', seat: by.seat, atMs });
      return held;
    },
    reserve: (session, forMs) => asked(session, { what: 'reserve', by: holderOf(session), atMs: clock.monotonicMs(), forMs }),
    release: (seat) => give({ what: 'release', seat }),
    moveBy(session, velocity) {
      mover = session.id;
      motion.move(velocity);
    },
    sessionEnded(session) {
      if (mover === session.id) rest();
      // A reservation is for who comes back; what is only held goes with the last window that used it.
      if (users.delete(session.id) && users.size === 0 && lease.state === 'held')
        give({ what: 'release', seat: session.seat.number });
    },
    isFree: () => lease.state === 'free',
    isIdle: () => lease.state === 'free' && !motion.mayMove() && reading === null,
    readAbilities() {
      if (abilities?.state === 'known') return Promise.resolve(null);
      reading ??= readOnce();
      return reading;
    },
    goOnWith(next) {
      control.close();
      control = next;
    },
    leaseFact: () =>
      lease.state === 'free'
        ? null
        : { camera, by: lease.by, reserved: lease.state === 'reserved', sinceUtcMs, moving: motion.mayMove() },
    abilityFact: () =>
      // Somebody may have said something of its lens since.
      abilities?.state === 'known'
        ? { ...abilities, lens: knownLens(ports.lens(), abilities.abilities.magnification) }
        : abilities,
    trouble: () => trouble,
    async close(limitMs, last) {
      callOff();
      await motion.close(limitMs);
      if (!motion.mayMove()) await last?.();
      control.close();
    },
  };
}
