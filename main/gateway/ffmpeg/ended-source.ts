import type { Clock } from '../../ports/clock.ts';
import type { Source, SourceEvents } from '../source.ts';

/** A source that ends at once, after its maker has returned, because there is no ffmpeg. */
export function endedSource(events: SourceEvents, clock: Clock): Source {
  return {
    close: clock.after(0, () => events.onEnd({ code: 'encoder-missing', detail: 'no ffmpeg was found on this machine' })),
  };
}
