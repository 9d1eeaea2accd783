import { beforeAll, describe, expect, it } from 'vitest';
import { frameBytes, frameHeight, frameWidth } from '../../main/gateway/city/frame-size.ts';
import { anglesText, lookThrough, seenPart } from '../../main/gateway/city/ptz-picture.ts';
import {
  drivenHead,
  headAt,
  isTurning,
  sentHead,
  stillHead,
  stoppedHead,
  travelS,
} from '../../main/gateway/simulated-ptz/ptz-head.ts';

const middle = { pan: 0, tilt: 0, zoom: 0 };

describe('a simulated head', () => {
  it('turns at its velocity, stops where it is told, and stands at its end', () => {
    const driven = drivenHead(stillHead(middle, 1_000), { pan: 1, tilt: -0.5, zoom: 0.5 }, 1_000, 60_000);
    const second = headAt(driven, 2_000);
    expect(second.pan).toBeCloseTo(2 / travelS.pan);
    expect(second.tilt).toBeCloseTo(-1 / travelS.tilt);
    expect(second.zoom).toBeCloseTo(0.5 / travelS.zoom);
    const stopped = stoppedHead(driven, 2_000);
    expect(headAt(stopped, 9_000)).toEqual(second);
    expect(headAt(driven, 60_000)).toEqual({ pan: 1, tilt: -1, zoom: 1 });
    expect(isTurning(driven, 50_000)).toBe(false);
  });

  it('stops by itself when the time of a move is over', () => {
    const driven = drivenHead(stillHead(middle, 0), { pan: 1, tilt: 0, zoom: 0 }, 0, 1_000);
    expect(isTurning(driven, 999 - 1)).toBe(true);
    expect(headAt(driven, 1_000)).toEqual(headAt(driven, 30_000));
  });

  it('goes to where it is sent and stays there', () => {
    const to = { pan: -0.5, tilt: 0.25, zoom: 1 };
    const sent = sentHead(stillHead(middle, 0), to, 0);
    expect(headAt(sent, 100).pan).toBeLessThan(0);
    expect(isTurning(sent, 100)).toBe(true);
    expect(headAt(sent, 60_000)).toEqual(to);
  });
});

describe('the picture of a steerable camera of the city', () => {
  const scene = Buffer.alloc(frameBytes, 128);
  beforeAll(() => {
    for (let y = 0; y < frameHeight; y += 1)
      for (let x = 0; x < frameWidth; x += 1) scene[y * frameWidth + x] = Math.floor((x * 256) / frameWidth);
  });
  const looking = (position: typeof middle) => {
    const out = Buffer.alloc(frameBytes);
    lookThrough(scene, position, out);
    return out;
  };
  const centre = (frame: Buffer) => frame[(frameHeight / 2) * frameWidth + frameWidth / 2] ?? 0;

  it('shows what lies to the right when the head turns right, and less of it, larger, when it is zoomed', () => {
    expect(centre(looking(middle))).toBe(128);
    expect(centre(looking({ ...middle, pan: 0.5 }))).toBeGreaterThan(150);
    const spread = (frame: Buffer) => (frame[frameWidth - 1] ?? 0) - (frame[0] ?? 0);
    expect(spread(looking({ ...middle, zoom: 1 }))).toBeLessThan(spread(looking(middle)) / 2);
  });

  it('never looks beyond the scene', () => {
    for (const pan of [-1, 1])
      for (const tilt of [-1, 1])
        for (const zoom of [0, 0.5, 1]) {
          const { x, y, width, height } = seenPart({ pan, tilt, zoom });
          expect(x).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(x + width).toBeLessThanOrEqual(frameWidth + 1e-9);
          expect(y + height).toBeLessThanOrEqual(frameHeight + 1e-9);
        }
  });

  it('says in degrees where it looks', () => {
    expect(anglesText({ pan: -0.1, tilt: 0.5, zoom: 1 })).toBe('P -04.0 T +10.0 Z 03.0');
    expect(anglesText(middle)).toBe('P +00.0 T +00.0 Z 01.0');
  });
});
