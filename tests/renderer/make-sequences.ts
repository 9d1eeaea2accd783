// Draws the recorded sequences of pictures in `sequences/` by chance, once; what is stored is what is tested. Run by hand:
// node tests/renderer/make-sequences.ts
import { writeFileSync } from 'node:fs';

interface Camera {
  readonly seconds: number;
  readonly fps: number;
  readonly seed: number;
  /** How long the picture taken at `atMs` travels, in ms, beyond the usual. */
  readonly travelMs?: (atMs: number, random: () => number) => number;
  /** The camera's own clock against the true time, in ms. */
  readonly clockMs?: (atMs: number) => number;
  /** Whether the picture taken then is sent at all. */
  readonly sends?: (atMs: number) => boolean;
  readonly tellsTime?: boolean;
}

/** mulberry32: small, and the same everywhere. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const usual = (_: number, random: () => number): number => 60 + 30 * random();

function record(name: string, camera: Camera): void {
  const random = chance(camera.seed);
  const lines = ['arrived,shown,taken,rtp'];
  let shown = 0;
  for (let index = 0; index < camera.seconds * camera.fps; index += 1) {
    const trueMs = (index * 1_000) / camera.fps;
    if (camera.sends?.(trueMs) === false) continue;
    const arrived = Math.round(trueMs + usual(trueMs, random) + (camera.travelMs?.(trueMs, random) ?? 0));
    shown = Math.max(shown + 1, arrived + Math.round(20 + 15 * random()));
    const taken = camera.tellsTime === false ? '' : Math.round(trueMs + (camera.clockMs?.(trueMs) ?? 0));
    lines.push(`${arrived},${shown},${taken},${Math.round(trueMs)}`);
  }
  writeFileSync(new URL(`sequences/${name}.csv`, import.meta.url), `${lines.join('\n')}\n`);
}

const between = (fromS: number, toS: number) => (atMs: number) => atMs >= fromS * 1_000 && atMs < toS * 1_000;
const late = between(15, 30);

record('steady-15-fps', { seconds: 20, fps: 15, seed: 1 });
record('two-fps', { seconds: 60, fps: 2, seed: 2 });
// A key picture every 30 s: ten times as large, and therefore later.
record('gop-of-30-s', { seconds: 65, fps: 15, seed: 3, travelMs: (atMs) => (Math.round(atMs) % 30_000 < 60 ? 250 : 0) });
record('jitter', { seconds: 60, fps: 15, seed: 4, travelMs: (_, random) => (random() < 0.05 ? 350 * random() : 60 * random()) });
record('late', { seconds: 45, fps: 15, seed: 5, travelMs: (atMs) => (late(atMs) ? 3_000 : 0) });
record('late-and-never-says', {
  seconds: 45,
  fps: 15,
  seed: 6,
  tellsTime: false,
  travelMs: (atMs) => (late(atMs) ? 3_000 : 0),
});
record('clock-set-and-corrected', { seconds: 45, fps: 15, seed: 7, clockMs: (atMs) => (late(atMs) ? 4_000 : 0) });
record('clock-set-back-and-corrected', { seconds: 45, fps: 15, seed: 8, clockMs: (atMs) => (late(atMs) ? -4_000 : 0) });
// As Chromium tells it: it fits a line through the last 20 sender reports, so that a clock that was set seems to glide.
record('clock-set-back-in-reports', {
  seconds: 60,
  fps: 15,
  seed: 9,
  clockMs: (atMs) => -4_000 * Math.min(1, Math.max(0, (atMs - 15_000) / 20_000)),
});
record('clock-five-minutes-slow', { seconds: 20, fps: 15, seed: 10, clockMs: () => -300_000 });
record('stops', { seconds: 20, fps: 15, seed: 11, sends: (atMs) => atMs < 12_000 });
record('stops-at-two-fps', { seconds: 60, fps: 2, seed: 12, sends: (atMs) => atMs < 40_000 });
record('comes-back-late', {
  seconds: 45,
  fps: 15,
  seed: 13,
  // A cut link of 5 s; what the camera had kept for it comes after that, all of it 5 s old.
  travelMs: (atMs) => (atMs >= 15_000 ? 5_000 : 0),
});
