/** The demonstration cameras' rate, half of PAL's as with many real ones; their encoder is told the same. */
export const framesPerSecond = 12.5;
export const framePeriodMs = 1000 / framesPerSecond;
const ticksPerFrame = 90_000 / framesPerSecond;
const phases = 16;

/**
 * When a camera's next picture is due. Frame n is due at n periods plus the camera's phase since the clock's zero, so
 * pictures never drift, and a thread that was held up leaves pictures out instead of hurrying after them.
 * The phases spread all cameras evenly over one period. `after` is the index of the frame before: a timer may fire a
 * little early, and no frame is due twice.
 */
export function nextFrame(
  slot: number,
  nowMs: number,
  after = -1,
): { readonly index: number; readonly dueMs: number; readonly rtpTimestamp: number } {
  const phaseMs = ((slot % phases) * framePeriodMs) / phases;
  const index = Math.max(after + 1, Math.floor((nowMs - phaseMs) / framePeriodMs) + 1);
  return { index, dueMs: index * framePeriodMs + phaseMs, rtpTimestamp: (index * ticksPerFrame) % 2 ** 32 };
}
