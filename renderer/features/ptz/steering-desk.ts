import type { CameraId } from '../../../core/cameras/camera.ts';
import { magnificationAt, slowedBy } from '../../../core/ptz/lens.ts';
import { moveRenewMs } from '../../../core/ptz/motion-life.ts';
import { boxMove, type PictureBox, placeInPicture, viewDegrees } from '../../../core/ptz/picture-move.ts';
import type { PtzOutcome } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import type { PtzPosition, Velocity } from '../../../core/ptz/velocity.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { CallInput } from '../../../core/rpc/define.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { PtzClient } from './ptz-client.ts';
import { sayPtz } from './say-ptz.ts';
import { handsOff, nextSteering, type Steering, type SteeringInput, type SteeringSend, type SteerKey } from './steering.ts';

/** How long a command of the palette, or a turn of the wheel, moves the camera, in ms. */
export const nudgeMs = 250;
/** So long after a movement began or ended the camera is asked where its lens stands, in ms. */
const lensBesideMs = 100;
/** The same after it was sent somewhere: it has begun to zoom by then. */
const lensAfterMs = 800;
/** So long after an answer, while the lens still moves. */
const lensAgainMs = 400;
/** The longest way of a lens is over by then. */
const mostLensReads = 40;
/** What two answers differ by while it stands. */
const lensNoise = 0.002;

export type GoTo = CallInput<DeedbanContract, 'ptz.go-to'>['to'];

/** This window's hands on the selected camera. All of it returns at once; what main answers is said in words. */
export interface SteeringDesk {
  /** What is selected now. */
  aim(target: PtzTarget | null): void;
  key(key: SteerKey, down: boolean): void;
  /** As a key, shortly. */
  nudge(key: SteerKey): void;
  hand(velocity: Velocity): void;
  pad(velocity: Velocity): void;
  /** 1: nearer, -1: wider. */
  wheel(turn: number): void;
  /** Ends what moves by this window. */
  letGo(): void;
  /** Stops the camera whoever moved it. */
  stop(): void;
  /** Sends it somewhere; resolves with whether it took that. */
  goTo(to: GoTo): Promise<boolean>;
  /** Brings a box of the picture, or a point of it, into the middle and makes it as large as fits. `aspect`: of the picture. */
  goInto(box: PictureBox, aspect: number): Promise<boolean>;
  /** What of that can be done: nothing, a point, or a box too. */
  canGoInto(): 'nothing' | 'point' | 'box';
  close(): void;
}

export function createSteeringDesk(client: Pick<PtzClient, 'call'>): SteeringDesk {
  let steering: Steering = handsOff;
  let target: PtzTarget | null = null;
  let renewal: ReturnType<typeof setInterval> | undefined;
  let wheelRest: ReturnType<typeof setTimeout> | undefined;
  let lensTimer: ReturnType<typeof setTimeout> | undefined;
  let asked: CameraId | null = null;
  const nudges = new Map<SteerKey, ReturnType<typeof setTimeout>>();
  /** One word for each movement that fails, not one for each renewal. */
  let movement = 0;
  let saidOf = -1;

  function give(input: SteeringInput): void {
    const wasMoving = steering.told !== null;
    const step = nextSteering(steering, input);
    steering = step.steering;
    if (!wasMoving && steering.told !== null) movement += 1;
    // First of all: what follows can wait.
    for (const each of step.send) send(each);
    if ((steering.told !== null) === wasMoving) return;
    clearInterval(renewal);
    // Somebody else may have zoomed since it was read; but no question goes beside a move or a Stop.
    readLensSoon(lensBesideMs);
    if (!wasMoving) renewal = setInterval(renew, moveRenewMs);
  }

  function send(each: SteeringSend): void {
    const number = target?.camera.number ?? 0;
    const of = movement;
    if (each.what === 'stop') {
      client.call('ptz.stop', { camera: each.camera }).then((outcome) => {
        // Who took it over has stopped it already, and that was said.
        if (outcome.refusal !== 'held') sayPtz(outcome, number);
      }, sayFault);
      return;
    }
    client.call('ptz.move', { camera: each.camera, velocity: each.velocity }).then(
      (outcome) => heard(of, outcome, number),
      (error: unknown) => {
        if (isNews(of)) sayFault(error);
        give({ what: 'let-go' });
      },
    );
  }

  function heard(of: number, outcome: PtzOutcome, number: number): void {
    if (outcome.refusal === null) return;
    if (isNews(of)) sayPtz(outcome, number);
    if (of === movement) give({ what: 'let-go' });
  }
  function isNews(of: number): boolean {
    if (saidOf === of) return false;
    saidOf = of;
    return true;
  }

  function renew(): void {
    const isZooming = steering.told !== null && steering.told.zoom !== 0;
    give({ what: 'tick' });
    if (isZooming) void readLens();
  }

  function readLensSoon(afterMs: number, left = mostLensReads): void {
    clearTimeout(lensTimer);
    lensTimer = setTimeout(() => void readLens(left), afterMs);
  }
  /** Speed and boxes are reckoned by it; where the camera does not say, they are not. A slow camera is asked one thing at a time. */
  async function readLens(left = mostLensReads): Promise<void> {
    const camera = steering.camera;
    if (camera === null || asked === camera || target?.abilities?.status !== true) return;
    asked = camera;
    try {
      const { position } = await client.call('ptz.position', { camera });
      if (steering.camera !== camera) return;
      const before = steering.lens;
      const zoom = position?.zoom ?? null;
      give({ what: 'lens', zoom });
      const runs = zoom !== null && before !== null && Math.abs(zoom - before) > lensNoise;
      if (runs && left > 0) readLensSoon(lensAgainMs, left - 1);
    } catch {
      // It is asked again with the next movement.
    } finally {
      if (asked === camera) asked = null;
    }
  }

  async function goTo(to: GoTo): Promise<boolean> {
    const { camera } = steering;
    const number = target?.camera.number ?? 0;
    if (camera === null) return false;
    give({ what: 'let-go' });
    try {
      const outcome = await client.call('ptz.go-to', { camera, to });
      sayPtz(outcome, number);
      readLensSoon(lensAfterMs);
      return outcome.refusal === null;
    } catch (error) {
      sayFault(error);
      return false;
    }
  }

  /** Null where the camera does not say, which is said. */
  async function positionOf(camera: CameraId): Promise<PtzPosition | null> {
    try {
      const { position, refusal } = await client.call('ptz.position', { camera });
      sayPtz({ refusal, heldBy: null }, target?.camera.number ?? 0);
      return position;
    } catch (error) {
      sayFault(error);
      return null;
    }
  }

  const steerable = (next: PtzTarget | null): CameraId | null =>
    next !== null && next.abilities !== null ? next.camera.id : null;

  return {
    aim(next) {
      const isOther = steerable(next) !== steering.camera;
      give({ what: 'camera', camera: steerable(next) });
      give({ what: 'slowed-by', most: next?.lens ? slowedBy(next.lens) : 1 });
      target = next;
      if (isOther) readLensSoon(0);
    },
    key: (key, down) => give({ what: 'key', key, down }),
    nudge(key) {
      clearTimeout(nudges.get(key));
      give({ what: 'key', key, down: true });
      nudges.set(
        key,
        setTimeout(() => {
          nudges.delete(key);
          give({ what: 'key', key, down: false });
        }, nudgeMs),
      );
    },
    hand: (velocity) => give({ what: 'hand', velocity }),
    pad: (velocity) => give({ what: 'pad', velocity }),
    wheel(turn) {
      clearTimeout(wheelRest);
      give({ what: 'wheel', turn });
      wheelRest = setTimeout(() => give({ what: 'wheel', turn: 0 }), nudgeMs);
    },
    letGo: () => give({ what: 'let-go' }),
    stop() {
      const { camera, told } = steering;
      give({ what: 'let-go' });
      // What this window moved has had its Stop by that.
      if (camera !== null && told === null) send({ what: 'stop', camera });
    },
    canGoInto() {
      const way = wayInto(target);
      if (way === 'none' || !target?.abilities) return 'nothing';
      const { relative, absolute, zoomByPicture } = target.abilities;
      if (way === 'told') return relative.zoom && (zoomByPicture || steering.lens !== null) ? 'box' : 'point';
      return absolute.zoom ? 'box' : 'point';
    },
    async goInto(box, aspect) {
      const { camera } = steering;
      const way = wayInto(target);
      const { lens, abilities } = target ?? {};
      if (way === 'none' || camera === null || !lens || !abilities) return false;
      const isPoint = Math.min(box.right - box.left, box.bottom - box.top) > 0.999;
      if (way === 'told' && (isPoint || abilities.zoomByPicture))
        return goTo({ what: 'relative', by: boxMove(box, steering.lens, lens.magnification) });
      give({ what: 'let-go' });
      // Somebody else, a tour or its duty may have zoomed since the lens was read.
      const from = await positionOf(camera);
      if (from === null || steering.camera !== camera) return false;
      const by = boxMove(box, from.zoom, lens.magnification);
      if (way === 'told') return goTo({ what: 'relative', by });
      if (abilities.angles === null || lens.widestDegrees === null) return false;
      const degrees = viewDegrees(lens.widestDegrees, magnificationAt(from.zoom, lens.magnification));
      const x = (box.left + box.right) / 2;
      const y = (box.top + box.bottom) / 2;
      const place = placeInPicture(from, x, y, { degrees, aspect }, abilities.angles);
      return goTo({ what: 'absolute', position: { ...place, zoom: Math.min(1, from.zoom + by.zoom) } });
    },
    goTo,
    close() {
      give({ what: 'camera', camera: null });
      clearInterval(renewal);
      clearTimeout(wheelRest);
      clearTimeout(lensTimer);
      for (const timer of nudges.values()) clearTimeout(timer);
      nudges.clear();
    },
  };
}

/** How it is brought to a place of its picture: it knows such ways, or it is reckoned from degrees, or it cannot be. */
function wayInto(target: PtzTarget | null): 'told' | 'reckoned' | 'none' {
  if (!target?.abilities || !target.lens) return 'none';
  const { relativeToPicture, angles, absolute, status } = target.abilities;
  if (relativeToPicture) return 'told';
  return angles !== null && absolute.panTilt && status && target.lens.widestDegrees !== null ? 'reckoned' : 'none';
}
