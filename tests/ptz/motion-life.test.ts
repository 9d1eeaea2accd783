import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atRest,
  deviceRenewMs,
  mayMove,
  type Motion,
  type MotionInput,
  type MotionSend,
  motionDueAtMs,
  moveLastsMs,
  nextMotion,
  stopTriesMs,
} from '../../core/ptz/motion-life.ts';
import { isStill, type Velocity } from '../../core/ptz/velocity.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';

const right: Velocity = { pan: 1, tilt: 0, zoom: 0 };
const up: Velocity = { pan: 0, tilt: 1, zoom: 0 };
const left: Velocity = { pan: -1, tilt: 0, zoom: 0 };

/** A motion, with all that it sent. */
function steered() {
  let motion: Motion = atRest;
  const sent: MotionSend[] = [];
  const give = (input: MotionInput) => {
    const next = nextMotion(motion, input);
    motion = next.motion;
    sent.push(...next.send);
    return next.send;
  };
  const turnOf = (send: MotionSend | undefined) => (send?.what === 'order' ? send.order.turn : (send?.turn ?? 0));
  return {
    give,
    sent,
    motion: () => motion,
    move: (velocity: Velocity, atMs: number) => give({ what: 'move', velocity, atMs }),
    stop: (atMs: number, always = true) => give({ what: 'stop', always, atMs }),
    answer: (send: MotionSend | undefined, atMs: number, outcome: 'done' | 'failed' | 'hopeless' = 'done') =>
      give({ what: 'answered', turn: turnOf(send), outcome, atMs }),
    stopped: (send: MotionSend | undefined, atMs: number) => give({ what: 'stopped', turn: turnOf(send), atMs }),
    stopFailed: (send: MotionSend | undefined, atMs: number, hopeless = false) =>
      give({ what: 'stop-failed', turn: turnOf(send), delayMs: 100, hopeless, atMs }),
    tick: (atMs: number) => give({ what: 'tick', atMs }),
  };
}
const velocitiesOf = (sent: readonly MotionSend[]) =>
  sent.map((each) => (each.what === 'stop' ? 'stop' : each.order.wish.what === 'move' ? each.order.wish.velocity : 'go'));

describe('the movement of a camera', () => {
  it('is sent at once, and only the newest of what came while the camera was thinking', () => {
    const camera = steered();
    const [first] = camera.move(right, 0);
    expect(camera.move(up, 100)).toEqual([]);
    expect(camera.move(left, 200)).toEqual([]);
    camera.answer(first, 1_000);
    expect(velocitiesOf(camera.sent)).toEqual([right, left]);
  });

  it('is sent again while it goes on, and ends when nobody says it again', () => {
    const camera = steered();
    const [first] = camera.move(right, 0);
    camera.answer(first, 20);
    camera.move(right, 300);
    camera.move(right, 600);
    expect(motionDueAtMs(camera.motion())).toBe(deviceRenewMs);
    const [again] = camera.tick(deviceRenewMs);
    expect(velocitiesOf(camera.sent)).toEqual([right, right]);
    camera.answer(again, 820);
    expect(velocitiesOf(camera.tick(600 + moveLastsMs))).toEqual(['stop']);
  });

  it('is stopped at once, even while the camera has not answered the move, and again after that answer', () => {
    const camera = steered();
    const [move] = camera.move(right, 0);
    const [early] = camera.stop(50);
    expect(early?.what).toBe('stop');
    camera.stopped(early, 60);
    expect(mayMove(camera.motion())).toBe(true);
    const [sure] = camera.answer(move, 1_000);
    expect(sure?.what).toBe('stop');
    camera.stopped(sure, 1_010);
    expect(mayMove(camera.motion())).toBe(false);
    expect(motionDueAtMs(camera.motion())).toBeNull();
  });

  it('is stopped again and again until the camera acknowledges it', () => {
    const camera = steered();
    camera.answer(camera.move(right, 0)[0], 10);
    let stop = camera.stop(20)[0];
    for (const atMs of [100, 300, 700]) {
      expect(stop?.what).toBe('stop');
      expect(camera.stopFailed(stop, atMs)).toEqual([]);
      expect(camera.tick(atMs + 99)).toEqual([]);
      [stop] = camera.tick(atMs + 100);
    }
    camera.stopped(stop, 900);
    expect(mayMove(camera.motion())).toBe(false);
  });

  it('may go on for as long as Stop was not acknowledged, be it hours', () => {
    const camera = steered();
    camera.answer(camera.move(right, 0)[0], 10);
    const [stop] = camera.stop(20);
    camera.stopFailed(stop, 20 + 100 * stopTriesMs);
    expect(mayMove(camera.motion())).toBe(true);
    expect(camera.tick(120 + 100 * stopTriesMs)).toMatchObject([{ what: 'stop' }]);
  });

  it('is given up after a minute of Stops where the camera refuses us for good', () => {
    const camera = steered();
    camera.answer(camera.move(right, 0)[0], 10);
    let [stop] = camera.stop(20);
    camera.stopFailed(stop, 20, true);
    expect(mayMove(camera.motion())).toBe(true);
    [stop] = camera.tick(20 + stopTriesMs);
    camera.stopFailed(stop, 20 + stopTriesMs, true);
    expect(mayMove(camera.motion())).toBe(false);
  });

  it('waits with a new direction until a Stop on its way has arrived, so that it is not stopped by it', () => {
    const camera = steered();
    camera.answer(camera.move(right, 0)[0], 10);
    const [stop] = camera.stop(20);
    expect(camera.move(left, 30)).toEqual([]);
    expect(velocitiesOf(camera.stopped(stop, 40))).toEqual([left]);
  });

  it('ends where the camera refuses for good, with a Stop for what went before', () => {
    const camera = steered();
    camera.answer(camera.move(right, 0)[0], 10);
    const [refused] = camera.move(left, 20);
    expect(velocitiesOf(camera.answer(refused, 30, 'hopeless'))).toEqual(['stop']);
  });

  it('of a way to a preset is not ended by who lets go, but by who asks for Stop', () => {
    const camera = steered();
    const [go] = camera.give({ what: 'go', id: 1, atMs: 0 });
    expect(camera.stop(10, false)).toEqual([]);
    camera.answer(go, 20);
    expect(camera.stop(30, false)).toEqual([]);
    expect(velocitiesOf(camera.stop(40))).toEqual(['stop']);
  });

  it('that a way took the place of needs no Stop where the way was taken, and one where it was not', () => {
    for (const outcome of ['done', 'failed'] as const) {
      const camera = steered();
      camera.answer(camera.move(right, 0)[0], 10);
      const [go] = camera.give({ what: 'go', id: 1, atMs: 20 });
      expect(velocitiesOf(camera.answer(go, 30, outcome))).toEqual(outcome === 'done' ? [] : ['stop']);
    }
  });

  it('stands still in the end, whatever happened and however the camera answered', { timeout: sampledLimitMs }, () => {
    const deed = fc.record({
      what: fc.constantFrom('move', 'go', 'stop', 'let-go', 'answer', 'answer', 'tick', 'tick'),
      velocity: fc.constantFrom(right, up, left),
      fails: fc.boolean(),
      /** Which of the waiting messages the network delivers and answers first. */
      which: fc.nat(3),
      passMs: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        let motion: Motion = atRest;
        let atMs = 0;
        let runs = false;
        let key = 0;
        const wire: MotionSend[] = [];
        const give = (input: MotionInput) => {
          const next = nextMotion(motion, input);
          motion = next.motion;
          wire.push(...next.send);
          expect(wire.filter(({ what }) => what === 'order').length).toBeLessThanOrEqual(1);
          expect(wire.filter(({ what }) => what === 'stop').length).toBeLessThanOrEqual(1);
        };
        /** The camera takes a message in whatever order; a message may be taken and its answer lost. */
        const deliver = (which: number, fails: boolean) => {
          const [message] = wire.splice(which % Math.max(1, wire.length), 1);
          if (!message) return;
          if (message.what === 'stop') {
            runs = fails && runs;
            give(
              fails
                ? { what: 'stop-failed', turn: message.turn, delayMs: 200, hopeless: false, atMs }
                : { what: 'stopped', turn: message.turn, atMs },
            );
          } else {
            const { wish, turn } = message.order;
            runs = wish.what === 'move' && !isStill(wish.velocity) ? true : fails && runs;
            give({ what: 'answered', turn, outcome: fails ? 'failed' : 'done', atMs });
          }
        };
        for (const { what, velocity, fails, which, passMs } of deeds) {
          atMs += passMs;
          if (what === 'move') give({ what, velocity, atMs });
          else if (what === 'go') give({ what, id: ++key, atMs });
          else if (what === 'stop') give({ what, always: true, atMs });
          else if (what === 'let-go') give({ what: 'stop', always: false, atMs });
          else if (what === 'answer') deliver(which, fails);
          else give({ what: 'tick', atMs });
          if (runs) expect(mayMove(motion)).toBe(true);
        }
        // Everybody goes home: the move is not said again, and the camera answers in the end.
        for (let round = 0; round < 12; round += 1) {
          atMs += 500;
          give({ what: 'tick', atMs });
          deliver(0, false);
          deliver(0, false);
        }
        expect(runs).toBe(false);
        expect(mayMove(motion)).toBe(false);
        expect(wire).toEqual([]);
        expect(motionDueAtMs(motion)).toBeNull();
      }),
      sampled(500, 50_000),
    );
  });
});
