import type { CustodyRecord } from '../../../core/evidence/custody.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { SecuringTask } from './securing-desk.ts';

/**
 * Writes down how the pictures were made that are being secured, as the gateway says, whenever that changes: a court asks whether they are the camera's own. Returns the way to
 * stop.
 */
export function noteOrigins(ports: {
  readonly sources: Watchable<readonly SourceFact[]>;
  readonly tasks: Watchable<readonly Pick<SecuringTask, 'incident' | 'camera'>[]>;
  utcMs(): number;
  write(record: CustodyRecord): void;
}): () => void {
  const noted = new Map<string, string>();
  function look(): void {
    const tasks = ports.tasks.current();
    const present = new Set(tasks.map(({ incident }) => String(incident)));
    for (const key of noted.keys()) if (!present.has(key.split(' ')[0] ?? '')) noted.delete(key);
    for (const { incident, camera } of tasks)
      for (const fact of ports.sources.current()) {
        const { stream, source } = fact;
        if (fact.camera !== camera || source.state !== 'live' || source.origin === undefined) continue;
        const { codec, origin } = source;
        const key = `${incident} ${camera} ${stream}`;
        const mark = JSON.stringify([codec, origin]);
        if (noted.get(key) === mark) continue;
        noted.set(key, mark);
        ports.write({ what: 'origin', incident, camera, stream, codec, origin, utcMs: ports.utcMs() });
      }
  }
  look();
  const stops = [ports.sources.subscribe(look), ports.tasks.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}
