import { describe, expect, it } from 'vitest';
import { type CameraId, cameraIdSchema } from '../../core/cameras/camera.ts';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';
import { createTileSession, pathOf, type TileStream } from '../../renderer/features/wall/tile-session.ts';
import type { StreamSession } from '../../renderer/media/pooled-session.ts';

const id = (name: string): CameraId => cameraIdSchema.parse(name);
const sub = (name: string): TileStream => ({ camera: id(name), stream: 'sub' });
const main = (name: string): TileStream => ({ camera: id(name), stream: 'main' });

/** A tile that shows the sub stream of camera `a`, over a stream's session in the hands of the test. */
function tile() {
  let life: StreamLife = openStreamLife(0);
  let path = pathOf(sub('a'));
  let wanted = path;
  let trouble: ProblemCode | null = null;
  const listeners: (() => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const heard: string[] = [];
  const lives = (...inputs: StreamInput[]) => {
    life = inputs.reduce(nextStreamLife, life);
    tell();
  };
  const session: StreamSession = {
    life: () => life,
    verdict: () => {
      throw new Error('nobody asks here');
    },
    nextTryMs: () => null,
    subscribe(listener) {
      listeners.push(listener);
      return () => {};
    },
    facts: () => {
      throw new Error('nobody asks here');
    },
    tellSource() {},
    tellGateway() {},
    tellCredentials() {},
    tryWay() {},
    setCovered() {},
    setMost() {},
    matter() {},
    path: () => path,
    wanted: () => wanted,
    trouble: () => trouble,
    change(next) {
      wanted = next;
      tell();
    },
    hurry() {},
    glance() {},
    close() {},
  };
  const own = createTileSession(session, sub('a'), {
    onShown: () => heard.push(`shown ${own.shown().camera} ${own.shown().stream}`),
    onGivenUp: () => heard.push('given up'),
  });
  lives({ type: 'opened', atMs: 1 }, { type: 'frame', atMs: 2 });
  return {
    own,
    heard,
    lives,
    shows(next: TileStream) {
      path = pathOf(next);
      tell();
    },
    fails(code: ProblemCode) {
      trouble = code;
      tell();
    },
  };
}

describe("a tile's session", () => {
  it('keeps its picture until that of another camera is there', () => {
    const { own, shows, heard } = tile();
    expect(own.show(sub('b'))).toBe(true);
    expect([own.shown(), own.awaited()]).toEqual([sub('a'), 'b']);
    shows(sub('b'));
    expect([own.shown(), own.awaited()]).toEqual([sub('b'), null]);
    expect(heard).toEqual(['shown b sub']);
  });

  it('awaits nothing where only the stream of the same camera changes, and never gives up for that', () => {
    const { own, fails, shows, heard } = tile();
    expect(own.show(main('a'))).toBe(true);
    expect(own.awaited()).toBeNull();
    fails('gateway-busy');
    shows(main('a'));
    expect(heard).toEqual(['shown a main']);
  });

  it('goes by the newest wish, and names what came in between', () => {
    const { own, shows } = tile();
    own.show(sub('b'));
    own.show(sub('c'));
    expect(own.awaited()).toBe('c');
    shows(sub('b'));
    expect([own.shown(), own.awaited()]).toEqual([sub('b'), 'c']);
    own.show(sub('b'));
    expect(own.awaited()).toBeNull();
  });

  it('cannot go over without a live picture', () => {
    const { own, lives } = tile();
    lives({ type: 'frames-stopped', atMs: 900, lastPictureMs: 100 });
    expect(own.show(sub('b'))).toBe(false);
    expect(own.show(main('a'))).toBe(true);
  });

  it('goes on waiting while the picture only stalls, which has its verdict', () => {
    const { own, lives, heard } = tile();
    own.show(sub('b'));
    lives({ type: 'frames-stopped', atMs: 900, lastPictureMs: 100 });
    expect(own.life().state).toBe('stalled');
    expect(own.show(sub('c'))).toBe(true);
    expect(heard).toEqual([]);
  });

  it.each<[string, (of: ReturnType<typeof tile>) => void]>([
    ['its connection is lost', ({ lives }) => lives({ type: 'failed', atMs: 900 })],
    ['it is lost behind something', ({ lives }) => lives({ type: 'hidden', atMs: 900 }, { type: 'failed', atMs: 901 })],
    ['the other camera cannot be shown', ({ fails }) => fails('camera-unreachable')],
  ])('gives up what it waits for, once, where %s', (_what, happens) => {
    const set = tile();
    set.own.show(sub('b'));
    happens(set);
    happens(set);
    expect(set.heard).toEqual(['given up']);
    expect(set.own.show(sub('c'))).toBe(false);
  });

  it('goes over in the open session where nobody can see it, as long as it is connected', () => {
    const { own, lives, shows, heard } = tile();
    lives({ type: 'hidden', atMs: 900 });
    expect(own.show(sub('b'))).toBe(true);
    shows(sub('b'));
    lives({ type: 'failed', atMs: 1_000 });
    expect(own.show(sub('c'))).toBe(false);
    expect(heard).toEqual(['shown b sub']);
  });

  it('that waits for nothing lives its own life', () => {
    const { lives, heard } = tile();
    lives({ type: 'hidden', atMs: 900 }, { type: 'visible', atMs: 1_000 }, { type: 'failed', atMs: 1_100 });
    expect(heard).toEqual([]);
  });
});
