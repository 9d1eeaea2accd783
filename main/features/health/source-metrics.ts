import type { SourceFact, SourceState } from '../../../core/streams/source-state.ts';
import type { GatewayLife } from '../../ports/media-gateway.ts';
import type { Page } from './prometheus.ts';

/** More cameras than these are not watched at once; the page must stay one that can be read. */
const mostSources = 1_024;
const states = ['opening', 'live', 'lost', 'refused'] as const satisfies readonly SourceState['state'][];

/** What the gateway tells: whether it runs, and its connections to cameras. The function it returns puts the present in place of the former. */
export function createSourceMetrics(
  { Gauge, registry }: Page,
  numberOf: (camera: string) => string,
): (life: GatewayLife, sources: readonly SourceFact[]) => void {
  const registers = [registry];
  const up = new Gauge({ name: 'deedban_gateway_up', help: '1 while the embedded gateway runs.', registers });
  const since = new Gauge({
    name: 'deedban_gateway_state_since_seconds',
    help: 'Since when the gateway is as it is, since 1970.',
    registers,
  });
  const counts = new Gauge({
    name: 'deedban_sources',
    help: "The gateway's connections to cameras, by state.",
    labelNames: ['state'],
    registers,
  });
  const live = new Gauge({
    name: 'deedban_source_live',
    help: '1 while the gateway gets pictures of this stream of this camera.',
    labelNames: ['camera', 'stream'],
    registers,
  });
  return (life, sources) => {
    up.set(life.state === 'running' ? 1 : 0);
    since.set(life.sinceUtcMs / 1_000);
    for (const state of states) counts.set({ state }, sources.filter(({ source }) => source.state === state).length);
    live.reset();
    for (const { camera, stream, source } of sources.slice(0, mostSources)) {
      if (source.state !== 'idle') live.set({ camera: numberOf(camera), stream }, source.state === 'live' ? 1 : 0);
    }
  };
}
