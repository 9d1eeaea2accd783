import { describe, expect, it } from 'vitest';
import { createLineSwitch, switchHoldMs } from '../../main/gateway/line-switch.ts';
import { createSourceLine, lineTimes, type SourceLine } from '../../main/gateway/source-line.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { address, createFakeSources } from './support/fake-sources.ts';

/** Three cameras, and a session that shows the first; what its viewer was told to show is in `shows`. */
function setUp() {
  const clock = createFakeClock();
  const names = ['one', 'two', 'three'] as const;
  const cameras = Object.fromEntries(
    names.map((name) => {
      const sources = createFakeSources();
      const line = createSourceLine({ clock, random: () => 0.5, makers: sources, onState() {}, onProblem() {} }, address);
      return [name, { sources, line }];
    }),
  );
  const at = (name: (typeof names)[number]) => {
    const camera = cameras[name];
    if (camera === undefined) throw new Error(`no camera ${name}`);
    return camera;
  };
  const shows: SourceLine[] = [];
  let from = 1_000;
  const viewer = {
    show(line: SourceLine) {
      if (line.pictures.cached(clock.monotonicMs()).length === 0) return null;
      shows.push(line);
      return (from += 1_000);
    },
    from: () => from,
  };
  const first = at('one');
  const release = first.line.hold();
  first.sources.opens();
  const find = (camera: string) => cameras[camera]?.line ?? null;
  const change = createLineSwitch(
    { clock, viewer, codec: 'h264', find },
    { camera: 'one', stream: 'main', line: first.line, release },
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
  return { clock, change, shows, at, lives, held };
}

describe('a session that is to show another camera', () => {
  it('goes on with the present one until the other has a key picture, and lets go of it then', () => {
    const { change, shows, lives, held } = setUp();
    expect(change.ask('two', 'main')).toEqual({ what: 'awaited' });
    expect([shows.length, change.shown().camera]).toEqual([0, 'one']);
    lives('two');
    expect(change.ask('two', 'main')).toEqual({ what: 'shown', fromRtpTimestamp: 2_000 });
    expect([shows.length, change.shown().camera]).toEqual([1, 'two']);
    expect(held()).toEqual(['two']);
  });

  it('is not changed unasked, however long the other has been there', () => {
    const { change, shows, lives } = setUp();
    change.ask('two', 'main');
    lives('two');
    expect([shows.length, change.shown().camera]).toEqual([0, 'one']);
  });

  it('answers the same when it is asked again, because an answer may be lost', () => {
    const { change, shows, lives } = setUp();
    change.ask('two', 'main');
    lives('two');
    const answer = change.ask('two', 'main');
    expect(change.ask('two', 'main')).toEqual(answer);
    expect(shows).toHaveLength(1);
  });

  it('goes by the newest wish, and holds no camera for an older one', () => {
    const { change, lives, held } = setUp();
    change.ask('two', 'main');
    change.ask('three', 'main');
    lives('two');
    lives('three');
    expect(change.ask('three', 'main').what).toBe('shown');
    expect(held()).toEqual(['three']);
  });

  it('that wants its own camera back waits for no other', () => {
    const { change, held } = setUp();
    change.ask('two', 'main');
    expect(change.ask('one', 'main')).toEqual({ what: 'shown', fromRtpTimestamp: 1_000 });
    expect(held()).toEqual(['one']);
  });

  it('holds a camera only for as long as it is asked for', () => {
    const { clock, change, at } = setUp();
    change.ask('two', 'main');
    clock.pass(switchHoldMs + lineTimes.lingerMs + 1);
    expect([at('two').sources.tries(), at('two').sources.open()]).toEqual([1, 0]);
  });

  it('says why the other camera cannot be shown, stays with the present one and holds nothing else', () => {
    const { change, at, held } = setUp();
    expect(change.ask('none', 'main')).toMatchObject({ what: 'refused', code: 'unknown-camera' });
    change.ask('two', 'main');
    at('two').sources.opens('h265');
    expect(change.ask('two', 'main')).toMatchObject({ what: 'refused', code: 'codec-unsupported' });
    change.ask('three', 'main');
    at('three').sources.ends('camera-unreachable');
    expect(change.ask('three', 'main')).toMatchObject({ what: 'refused', code: 'camera-unreachable' });
    expect(change.shown().camera).toBe('one');
    expect(held()).toEqual(['one']);
  });

  it('says until when a camera that refuses the password is left alone', () => {
    const { change, at } = setUp();
    change.ask('two', 'main');
    at('two').sources.ends('camera-refused');
    expect(change.ask('two', 'main')).toEqual({ what: 'refused', code: 'camera-refused', retryAfterMs: 300_000 });
    expect(at('two').sources.tries()).toBe(1);
  });

  it('that ends while it waits lets go of both', () => {
    const { change, held } = setUp();
    change.ask('two', 'main');
    change.end();
    expect(held()).toEqual([]);
  });

  it('does not wait for a camera that is gone for good', () => {
    const { change, at, held } = setUp();
    change.ask('two', 'main');
    change.forget(at('two').line);
    expect(held()).toEqual(['one']);
  });
});
