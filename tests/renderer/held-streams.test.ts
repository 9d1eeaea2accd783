import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../core/streams/problem.ts';
import { openStreamLife, type StreamLife } from '../../core/streams/stream-life.ts';
import { createHeldStreams } from '../../renderer/media/held-streams.ts';
import type { PooledSession } from '../../renderer/media/pooled-session.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';

const camera = ['/whep/a/main', '/whep/a/sub'];

/** What is held, with sessions that only tell how they are. */
function desk() {
  const done: string[] = [];
  let shown: readonly string[] = [];
  let life: StreamLife = openStreamLife(0);
  const held = createHeldStreams({
    open(path, ready) {
      done.push(`${ready === null ? 'opened' : 'took'} ${path}`);
      const session = { path: () => path, life: () => life, close: () => void done.push(`closed ${path}`) };
      return session as unknown as PooledSession;
    },
    shown: () => shown,
  });
  const connection = {} as Successor;
  return {
    ...{ held, done, connection },
    show(paths: readonly string[]) {
      shown = paths;
      held.look();
    },
    fail(why: ProblemCode) {
      const opening = openStreamLife(0);
      life = { ...opening, state: 'retrying', why, attempt: 0, retryAfterMs: null };
    },
  };
}

describe('a held camera', () => {
  it('costs nothing while a tile shows it, and goes on in the connection that the tile leaves', () => {
    const { held, done, show, connection } = desk();
    const hold = held.hold(camera);
    show(['/whep/a/sub', '/whep/b/main']);
    expect(done).toEqual([]);
    expect(held.wants('/whep/a/sub', '/whep/c/main')).toBe(true);
    expect(held.wants('/whep/b/main', '/whep/c/main')).toBe(false);
    expect(held.take('/whep/a/sub', '/whep/c/main', connection)).toBe(true);
    show(['/whep/c/main']);
    expect(done).toEqual(['took /whep/a/sub']);
    hold.end();
    expect(done).toEqual(['took /whep/a/sub', 'closed /whep/a/sub']);
    expect(held.sessions()).toEqual([]);
  });

  it('lets a tile change between the streams of the camera, and takes one connection only', () => {
    const { held, connection } = desk();
    held.hold(camera);
    expect(held.wants('/whep/a/main', '/whep/a/sub')).toBe(false);
    expect(held.take('/whep/a/main', null, connection)).toBe(true);
    expect(held.take('/whep/a/main', null, connection)).toBe(false);
  });

  it('is opened where no tile shows it: the stream that was there last, else the best', () => {
    const { held, done, show } = desk();
    held.hold(camera);
    show([]);
    expect(done).toEqual(['opened /whep/a/main']);
    held.close();
    const second = desk();
    second.held.hold(camera);
    second.show(['/whep/a/sub']);
    second.show([]);
    expect(second.done).toEqual(['opened /whep/a/sub']);
  });

  it('is held once for all that want it, until the last of them does not', () => {
    const { held, done, show } = desk();
    const [one, other] = [held.hold(camera), held.hold(camera)];
    show([]);
    one.end();
    one.end();
    expect(held.sessions()).toHaveLength(1);
    other.end();
    expect(done).toEqual(['opened /whep/a/main', 'closed /whep/a/main']);
  });

  it('comes by its other stream where this one cannot be had here', () => {
    const { held, done, show, fail } = desk();
    held.hold(camera);
    show([]);
    fail('codec-unsupported');
    show([]);
    expect(done).toEqual(['opened /whep/a/main', 'closed /whep/a/main', 'opened /whep/a/sub']);
    fail('camera-silent');
    show([]);
    expect(done).toHaveLength(3);
  });

  it('is taken from nobody after the end of all', () => {
    const { held, done, connection } = desk();
    held.hold(camera);
    held.close();
    expect(held.take('/whep/a/main', null, connection)).toBe(false);
    held.look();
    expect(done).toEqual([]);
  });
});
