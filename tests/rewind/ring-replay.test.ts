import { describe, expect, it } from 'vitest';
import { createRingStore } from '../../renderer/media/ring-store.ts';
import { bytesOf } from '../renderer/feeding.ts';

const source = '/whep/a/main';
const format = { mimeType: 'video/H264', width: 640, height: 360 };
const everyMs = 100;

/** A ring that gets pictures of one byte each; a capital letter is a key picture. */
function ring() {
  const store = createRingStore({ mostMs: 120_000, mostBytes: 1024 * 1024 });
  let nowMs = 0;
  let ticks = 0;
  const put = (letter: string) => {
    const data = new Uint8Array([letter.charCodeAt(0)]).buffer;
    const key = letter === letter.toUpperCase() ? format : null;
    const answer = store.put(1, source, { data, rtpTimestamp: ticks, key, arrivedMs: nowMs });
    // As a browser does with a picture that goes on to its decoder.
    structuredClone(data, { transfer: [data] });
    return answer;
  };
  return {
    /** At their own pace. */
    come(letters: string) {
      return letters.split('').map((letter) => {
        nowMs += everyMs;
        ticks = nowMs * 90;
        return put(letter);
      });
    },
    /** All at once, squeezed up to the moment at which the last of them was due. */
    again(letters: string) {
      nowMs += everyMs;
      return letters.split('').map((letter, place) => {
        ticks = (nowMs - (letters.length - 1 - place)) * 90;
        return put(letter);
      });
    },
    kept() {
      const batch = store.batch(source, { sequence: 0 }, Number.POSITIVE_INFINITY, nowMs);
      return (batch?.pictures ?? [])
        .map(({ offset, bytes }) => bytesOf(batch?.data.slice(offset, offset + bytes)))
        .map((bytes) => String.fromCharCode(...bytes))
        .join('');
    },
  };
}

describe('a group that a gateway sends again', () => {
  it('is kept once, and what comes with it and after it goes on from there', () => {
    const { come, again, kept } = ring();
    come('AbcDef');
    expect(again('Defg')).toEqual(['kept', 'kept', 'kept', 'kept']);
    come('hIj');
    expect(kept()).toBe('AbcDefghIj');
  });

  it('is kept once however often it comes, and also where it is a key picture alone', () => {
    const { come, again, kept } = ring();
    come('A');
    again('Ab');
    again('Abc');
    again('Abcd');
    come('e');
    expect(kept()).toBe('Abcde');
  });

  it('is kept as often as it comes at its own pace: so does an encoder that is stuck', () => {
    const { come, kept } = ring();
    come('AbcAbcAbcD');
    expect(kept()).toBe('AbcAbcAbcD');
  });

  it('ends the group where it goes on otherwise than before', () => {
    const { come, again, kept } = ring();
    come('Abcd');
    expect(again('Axy').at(-1)).toBe('key-wanted');
    come('zEf');
    expect(kept()).toBe('AbcdEf');
  });
});
