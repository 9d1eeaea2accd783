import { createSourceLine } from '../../../main/gateway/source-line.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { address, createFakeSources } from './fake-sources.ts';

/** A line to a camera that is not there, and what is played in its place. */
export function createFakeLine(clock: FakeClock) {
  const sources = createFakeSources();
  const line = createSourceLine(
    {
      clock,
      random: () => 0.5,
      makers: sources,
      mostPayloadBytes: 1_200,
      ringRoom: { usedBytes: 0 },
      onState() {},
      onProblem() {},
    },
    address,
  );
  return { sources, line };
}
