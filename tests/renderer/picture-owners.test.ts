import { describe, expect, it } from 'vitest';
import { createPictureOwners } from '../../renderer/media/picture-owners.ts';

const stamp = (mark: number, at = 1): number => at * 8_000 + mark;

describe('whose picture it is', () => {
  it('is nobody’s before it was told', () => {
    const owners = createPictureOwners();
    expect(owners.of(stamp(0))).toBeNull();
    owners.own('a', 0);
    expect([owners.of(stamp(0)), owners.of(stamp(1))]).toEqual(['a', null]);
  });

  it('is the one’s that was asked for by the mark it carries, however late the change comes', () => {
    const owners = createPictureOwners();
    owners.own('a', 0);
    owners.own('b', 1);
    owners.own('c', 2);
    expect([0, 0, 2, 2].map((mark) => owners.of(stamp(mark)))).toEqual(['a', 'a', 'c', 'c']);
    // What was asked for before it is over.
    expect([owners.of(stamp(1)), owners.of(stamp(0))]).toEqual([null, null]);
  });

  it('is another’s once a mark came round again', () => {
    const owners = createPictureOwners();
    for (let wish = 0; wish < 20; wish += 1) {
      owners.own(`camera ${wish}`, wish % 8);
      expect(owners.of(stamp(wish % 8))).toBe(`camera ${wish}`);
    }
    // Eight wishes without a picture: the last one that has the mark.
    for (let wish = 20; wish < 29; wish += 1) owners.own(`camera ${wish}`, wish % 8);
    expect(owners.of(stamp(28 % 8))).toBe('camera 28');
  });

  it('changes nothing when the same is asked again', () => {
    const owners = createPictureOwners();
    owners.own('a', 0);
    owners.own('b', 1);
    owners.own('b', 1);
    expect([owners.of(stamp(0)), owners.of(stamp(1))]).toEqual(['a', 'b']);
  });

  it('is always the same one’s at a server that shows one stream in a connection', () => {
    const owners = createPictureOwners();
    owners.own('a', null);
    expect([0, 3, 7].map((mark) => owners.of(stamp(mark)))).toEqual(['a', 'a', 'a']);
    owners.own('b', 4);
    expect([owners.of(stamp(0)), owners.of(stamp(4))]).toEqual([null, 'b']);
  });

  it('is nobody’s again once that was told, whatever the marks', () => {
    const owners = createPictureOwners();
    owners.own('a', null);
    owners.own(null, null);
    expect([owners.of(stamp(0)), owners.of(stamp(3))]).toEqual([null, null]);
    owners.own('a', null);
    expect(owners.of(stamp(3))).toBe('a');
  });

  it('is told by the last bits across the wrap of the clock (RFC 3550 §5.1)', () => {
    const owners = createPictureOwners();
    owners.own('a', 7);
    expect([owners.of(2 ** 32 - 1), owners.of(7)]).toEqual(['a', 'a']);
  });
});
