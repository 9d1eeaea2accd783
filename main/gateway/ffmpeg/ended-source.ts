import type { Clock } from '../../ports/clock.ts';
import type { Source, SourceEvents, SourceProblem } from '../source.ts';

const noFfmpeg: SourceProblem = { code: 'encoder-missing', detail: 'no ffmpeg was found on this machine' };

/** A source that ends at once, after its maker has returned; unless told otherwise because there is no ffmpeg. */
export function endedSource(events: SourceEvents, clock: Clock, problem: SourceProblem = noFfmpeg): Source {
  return { close: clock.after(0, () => events.onEnd(problem)) };
}
