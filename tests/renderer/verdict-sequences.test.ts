import { describe, expect, it } from 'vitest';
import { type RecordedPicture, replay, sequence } from './replay.ts';

const when = ({ changes }: ReturnType<typeof replay>, word: string): number =>
  changes.find(({ verdict }) => verdict.word === word)?.atMs ?? Number.NaN;

describe('a recorded sequence', () => {
  it.each(['steady-15-fps', 'two-fps', 'gop-of-30-s', 'jitter', 'clock-five-minutes-slow'])(
    '%s is live from its first picture on',
    (name) => {
      const pictures = sequence(name);
      const replayed = replay(pictures, pictures.at(-1)?.shown ?? 0);
      expect(replayed.words).toEqual(['opening', 'live']);
      expect(replayed.last.timeKnown).toBe(true);
    },
  );

  it.each(['clock-set-and-corrected', 'clock-set-back-and-corrected', 'clock-set-back-in-reports'])(
    '%s is not late: only its clock moved',
    (name) => {
      const pictures = sequence(name);
      expect(replay(pictures, pictures.at(-1)?.shown ?? 0).words).toEqual(['opening', 'live']);
    },
  );

  it('of a camera whose clock is five minutes slow says so apart from the verdict', () => {
    const { offsetMs } = replay(sequence('clock-five-minutes-slow'), 20_000);
    expect(offsetMs).toBeLessThan(-299_000);
    expect(offsetMs).toBeGreaterThan(-301_000);
  });

  it.each(['late', 'late-and-never-says'])('%s is called late while it is, and nobody here is blamed', (name) => {
    const replayed = replay(sequence(name), 45_000);
    expect(replayed.words).toEqual(['opening', 'live', 'stalled', 'late', 'live']);
    expect(when(replayed, 'late')).toBeLessThan(15_000 + 3_000 + 2_500);
    expect(replayed.changes.find(({ verdict }) => verdict.word === 'late')?.verdict.hop).toBe('unknown');
    expect(replayed.last.timeKnown).toBe(name === 'late');
  });

  it('that comes back from a cut link with pictures it had kept is late for good', () => {
    const replayed = replay(sequence('comes-back-late'), 45_000);
    expect(replayed.words).toEqual(['opening', 'live', 'stalled', 'late']);
  });

  it.each([
    ['stops', 12_000, 500],
    ['stops-at-two-fps', 40_000, 1_500],
  ])('that %s is stopped after its patience, since its last picture', (name, stopMs, patienceMs) => {
    const pictures = sequence(name);
    const replayed = replay(pictures, stopMs + 10_000);
    expect(replayed.words).toEqual(['opening', 'live', 'stalled']);
    const lastMs = pictures.at(-1)?.shown ?? 0;
    const saidMs = when(replayed, 'stalled');
    expect(saidMs - lastMs).toBeGreaterThanOrEqual(patienceMs);
    expect(saidMs - lastMs).toBeLessThanOrEqual(patienceMs * 1.1 + 5);
    expect(replayed.last.hop).toBe('unknown');
  });

  it('of a still scene gives no alarm in an hour, whatever its RTP clock drifts', () => {
    for (const drift of [0.000_9, -0.000_9]) {
      const minute = sequence('jitter');
      const hour: RecordedPicture[] = [];
      for (let round = 0; round < 60; round += 1) {
        for (const picture of minute) {
          const atMs = round * 60_000;
          const rtp = (picture.rtp + atMs) * (1 + drift);
          hour.push({ arrived: picture.arrived + atMs, shown: picture.shown + atMs, taken: (picture.taken ?? 0) + atMs, rtp });
        }
      }
      const content = (atMs: number) => ({
        keyChanges: 9,
        keyRepeats: 0,
        sequenceRepeats: 0,
        lastChangeMs: atMs,
        deltaShare: 0.001,
        mostDeltaShare: 0.001,
      });
      expect(replay(hour, 3_600_000, content).words).toEqual(['opening', 'live']);
      const untold = hour.map((picture) => ({ ...picture, taken: null }));
      expect(replay(untold, 3_600_000, content).words).toEqual(['opening', 'live']);
    }
  });
});
