import { describe, expect, it } from 'vitest';
import { agedAfterMs, liveStaysMs, type WaitingGlass } from '../../core/rewind/aged-picture.ts';
import { nextStreamLife, openStreamLife, type StreamInput, type StreamLife } from '../../core/streams/stream-life.ts';

const after = (...inputs: StreamInput[]): StreamLife => inputs.reduce(nextStreamLife, openStreamLife(0));
const live: readonly StreamInput[] = [
  { type: 'opened', atMs: 1 },
  { type: 'frame', atMs: 2 },
];
const stopped: StreamInput = { type: 'frames-stopped', atMs: 3, lastPictureMs: 2 };
const failed: StreamInput = { type: 'problem', atMs: 1, code: 'camera-unreachable', retryAfterMs: null };
const hidden: StreamInput = { type: 'hidden', atMs: 4 };

const own: WaitingGlass = { inSight: true, another: false, life: after(), word: 'opening', why: null };
const others: WaitingGlass = { inSight: true, another: true, life: after(...live), word: 'live', why: null };

const table: readonly (readonly [string, WaitingGlass, number | null])[] = [
  ['opens with nothing on its glass', own, 0],
  ['is connected and has no picture yet', { ...own, life: after({ type: 'opened', atMs: 1 }) }, 0],
  ['never had a picture and is lost', { ...own, life: after(failed), word: 'lost', why: 'camera-unreachable' }, 0],
  ['rests before its first picture', { ...own, life: after(hidden), word: 'still' }, 0],
  ['is live', { ...own, life: after(...live), word: 'live' }, null],
  ['stalls with its own last picture on the glass', { ...own, life: after(...live, stopped), word: 'stalled' }, null],
  ['is not seen by anybody', { ...own, life: after(hidden), word: 'unseen' }, null],
  ['is behind another tile, or rewound', { ...own, inSight: false }, null],
  ['may not be seen from here', { ...own, life: after(failed), word: 'refused', why: 'not-allowed' }, null],
  ['is awaited over a live picture', others, liveStaysMs],
  ['is awaited over live key pictures', { ...others, word: 'keys' }, liveStaysMs],
  ['is awaited over a late picture', { ...others, word: 'late' }, 0],
  ['is awaited over a picture that stalls', { ...others, life: after(...live, stopped), word: 'stalled' }, 0],
  ['is awaited over a frozen picture', { ...others, word: 'frozen' }, 0],
  ['is awaited where nobody sees it', { ...others, life: after(...live, hidden), word: 'unseen' }, null],
];

describe('the last kept picture of a camera', () => {
  it.each(table)('of a tile whose camera %s is due after so long', (_name, glass, dueMs) => {
    expect(agedAfterMs(glass)).toBe(dueMs);
  });
});
