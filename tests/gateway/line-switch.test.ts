import { describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { createLineSwitch, switchHoldMs } from '../../main/gateway/line-switch.ts';
import { lineTimes, type SourceLine } from '../../main/gateway/source-line.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createFakeLine } from './support/fake-line.ts';

/** Three cameras, and a session that shows the first; what its viewer was told to show is in `shows`. */
function setUp(empty = false) {
  const clock = createFakeClock();
  const names = ['one', 'two', 'three'] as const;
  const cameras = Object.fromEntries(names.map((name) => [name, createFakeLine(clock)]));
  const at = (name: (typeof names)[number]) => {
    const camera = cameras[name];
    if (camera === undefined) throw new Error(`no camera ${name}`);
    return camera;
  };
  const shows: string[] = [];
  let isOpen = true;
  const viewer = {
    show(line: SourceLine | null, mark: number) {
      const name = names.find((each) => at(each).line === line) ?? 'nothing';
      shows.push(`${name} ${mark}`);
    },
    mark: (mark: number) => void shows.push(`mark ${mark}`),
    isOpen: () => isOpen,
  };
  const first = at('one');
  const release = empty ? () => {} : first.line.hold();
  if (!empty) first.sources.opens();
  let changes = 0;
  const find = (camera: string) => cameras[camera]?.line ?? null;
  const change = createLineSwitch(
    { clock, viewer, codec: 'h264', find, onChange: () => void (changes += 1) },
    empty ? null : { camera: 'one', stream: 'main', line: first.line, release },
  );
  const lives = (name: (typeof names)[number]) => {
    at(name).sources.opens();
    at(name).sources.unit(true, 0);
  };
  /** The sources that are held open once nothing lingers any more. */
  const held = () => {
    clock.pass(lineTimes.lingerMs + 1);
    return names.filter((name) => at(name).sources.open() > 0);
  };
  const ask = (camera: string | null, mark = 1) =>
    change.ask({ show: camera === null ? null : { camera: cameraIdSchema.parse(camera), stream: 'main' }, mark });
  const connect = (open: boolean) => void (isOpen = open);
  return { clock, change, ask, connect, shows, at, lives, held, changes: () => changes };
}

/** What a line tells its viewers is acted upon when it has told all of them. */
const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe('a session that is to show another camera', () => {
  it('goes on with the present one until the other has a key picture, changes with that, and lets go of the first', async () => {
    const { ask, change, shows, lives, held, changes } = setUp();
    expect(ask('two', 3)).toEqual({ what: 'awaited' });
    expect([shows, change.shown()?.camera]).toEqual([[], 'one']);
    lives('two');
    await settled();
    expect([shows, change.shown()?.camera, changes()]).toEqual([['two 3'], 'two', 1]);
    expect(ask('two', 3)).toEqual({ what: 'shown' });
    expect(held()).toEqual(['two']);
  });

  it('changes at once where the other camera is there', () => {
    const { ask, shows, at } = setUp();
    at('two').line.hold();
    at('two').sources.opens();
    at('two').sources.unit(true, 0);
    expect([ask('two', 5), shows]).toEqual([{ what: 'shown' }, ['two 5']]);
  });

  it('answers the same when it is asked again, because an answer may be lost', async () => {
    const { ask, shows, lives } = setUp();
    ask('two');
    lives('two');
    await settled();
    expect([ask('two'), ask('two')]).toEqual([{ what: 'shown' }, { what: 'shown' }]);
    expect(shows).toEqual(['two 1', 'mark 1', 'mark 1']);
  });

  it('goes by the newest wish, and holds no camera for an older one', async () => {
    const { ask, shows, lives, held } = setUp();
    ask('two', 1);
    ask('three', 2);
    lives('two');
    lives('three');
    await settled();
    expect(shows).toEqual(['three 2']);
    expect(held()).toEqual(['three']);
  });

  it('that wants its own camera back waits for no other, and marks its pictures anew', async () => {
    const { ask, shows, lives, held } = setUp();
    ask('two', 1);
    expect(ask('one', 2)).toEqual({ what: 'shown' });
    lives('two');
    await settled();
    expect(shows).toEqual(['mark 2']);
    expect(held()).toEqual(['one']);
  });

  it('holds a camera only for as long as it is asked for', async () => {
    const { clock, ask, shows, at } = setUp();
    ask('two');
    clock.pass(switchHoldMs + lineTimes.lingerMs + 1);
    expect([at('two').sources.tries(), at('two').sources.open()]).toEqual([1, 0]);
    await settled();
    expect(shows).toEqual([]);
  });

  it('waits until its peer is connected', async () => {
    const { ask, connect, shows, lives, at } = setUp();
    connect(false);
    ask('two');
    lives('two');
    await settled();
    expect(shows).toEqual([]);
    connect(true);
    at('two').sources.unit(true, 3_600);
    await settled();
    expect(shows).toEqual(['two 1']);
  });

  it('says why the other camera cannot be shown, stays with the present one and holds nothing else', async () => {
    const { ask, change, at, held, lives, shows } = setUp();
    expect(ask('none')).toMatchObject({ what: 'refused', code: 'unknown-camera' });
    ask('two');
    at('two').sources.opens('h265');
    expect(ask('two')).toMatchObject({ what: 'refused', code: 'codec-unsupported' });
    ask('three');
    at('three').sources.ends('camera-unreachable');
    expect(ask('three')).toMatchObject({ what: 'refused', code: 'camera-unreachable' });
    lives('three');
    await settled();
    expect([change.shown()?.camera, shows]).toEqual(['one', []]);
    expect(held()).toEqual(['one']);
  });

  it('does not show what cannot be decoded, although nobody asks again', async () => {
    const { ask, at, shows, held } = setUp();
    ask('two');
    at('two').sources.opens('h265');
    at('two').sources.unit(true, 0);
    await settled();
    expect([shows, held()]).toEqual([[], ['one']]);
  });

  it('says until when a camera that refuses the password is left alone', () => {
    const { ask, at } = setUp();
    ask('two');
    at('two').sources.ends('camera-refused');
    expect(ask('two')).toEqual({ what: 'refused', code: 'camera-refused', retryAfterMs: 300_000 });
    expect(at('two').sources.tries()).toBe(1);
  });

  it('that ends while it waits lets go of both', () => {
    const { ask, change, held } = setUp();
    ask('two');
    change.end();
    expect(held()).toEqual([]);
  });

  it('does not wait for a camera that is gone for good', () => {
    const { ask, change, at, held } = setUp();
    ask('two');
    change.forget(at('two').line);
    expect(held()).toEqual(['one']);
  });
});

describe('a session that shows nothing', () => {
  it('shows a camera at once, before that has any picture, and holds it', () => {
    const { ask, shows, held } = setUp(true);
    expect(ask('two', 4)).toEqual({ what: 'shown' });
    expect(shows).toEqual(['two 4']);
    expect(held()).toEqual(['two']);
  });

  it('is what one becomes from which its camera is taken, and from which the awaited one is taken too', () => {
    const { ask, change, shows, held, changes } = setUp();
    ask('two', 1);
    expect(ask(null, 2)).toEqual({ what: 'shown' });
    expect([shows, change.shown(), changes()]).toEqual([['nothing 2'], null, 1]);
    expect(ask(null, 2)).toEqual({ what: 'shown' });
    expect([held(), changes()]).toEqual([[], 1]);
  });

  it('refuses what it could not decode', () => {
    const { ask, at, change } = setUp(true);
    at('two').line.hold();
    at('two').sources.opens('h265');
    expect(ask('two')).toMatchObject({ what: 'refused', code: 'codec-unsupported' });
    expect(change.shown()).toBeNull();
  });
});
