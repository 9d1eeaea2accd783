import type { Camera } from '../../../core/cameras/camera.ts';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import type { MetricsText } from '../../ports/metrics-text.ts';
import { createProcessMetrics } from './process-metrics.ts';
import { newPage } from './prometheus.ts';
import { createSourceMetrics } from './source-metrics.ts';
import { createTileMetrics, type NamedTile } from './tile-metrics.ts';

/** Windows may tell of more; the page must stay one that can be read. */
const mostDisplays = 64;
const mostTilesOfDisplay = 64;

export interface HealthPorts {
  readonly clock: Clock;
  /** The last report of every window. */
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  readonly gateway: Pick<MediaGateway, 'life' | 'sources'>;
  readonly displays: Watchable<readonly KnownDisplay[]>;
  camera(id: string): Camera | undefined;
  readonly version: string;
}

export interface HealthFeature {
  /** How everything is, in Prometheus' text form. Cameras and displays by number: no name of a place or person is in it. */
  metrics(): Promise<MetricsText>;
  close(): void;
}

/** Tells monitoring programs how the wall is doing. */
export function createHealthFeature(ports: HealthPorts): HealthFeature {
  const { clock, gateway } = ports;
  const numberOf = (camera: string): string => String(ports.camera(camera)?.number ?? 'unknown');
  let page: Promise<() => Promise<MetricsText>> | null = null;

  /** When each present report came: the same object is the same report. */
  let came = new Map<DisplayTiles, number>();
  const receive = (reports: readonly DisplayTiles[]) => {
    const nowMs = clock.monotonicMs();
    came = new Map(reports.map((report) => [report, came.get(report) ?? nowMs]));
  };
  receive(ports.tiles.current());
  const stop = ports.tiles.subscribe(receive);

  /** One report for each display (`wall`: a browser on no known display). */
  function byDisplay(): Map<string, DisplayTiles> {
    const numbers = new Map(ports.displays.current().map(({ id, number }) => [id, String(number)]));
    const found = new Map<string, DisplayTiles>();
    for (const report of ports.tiles.current()) {
      const display = numbers.get(report.displayId) ?? 'wall';
      const before = found.get(display);
      // A console that stands on a display reports no tiles of its own.
      if (before === undefined ? found.size < mostDisplays : before.tiles.length < report.tiles.length)
        found.set(display, report);
    }
    return found;
  }

  async function openPage(): Promise<() => Promise<MetricsText>> {
    const own = await newPage();
    const { registry, Gauge } = own;
    const tellTiles = createTileMetrics(own);
    const tellSources = createSourceMetrics(own, numberOf);
    const tellProcess = createProcessMetrics(own, ports.version);
    const age = new Gauge({
      name: 'deedban_display_report_age_seconds',
      help: "How old the newest report of the display's window is. It reports once a second while it runs.",
      labelNames: ['display'],
      registers: [registry],
    });
    return async () => {
      const nowMs = clock.monotonicMs();
      const named: NamedTile[] = [];
      age.reset();
      for (const [display, report] of byDisplay()) {
        age.set({ display }, Math.max(0, nowMs - (came.get(report) ?? nowMs)) / 1_000);
        for (const fact of report.tiles.slice(0, mostTilesOfDisplay)) {
          named.push({ labels: { display, tile: String(fact.tile + 1), camera: numberOf(fact.camera) }, fact });
        }
      }
      tellTiles(named);
      tellSources(gateway.life.current(), gateway.sources.current());
      tellProcess();
      return { contentType: registry.contentType, text: await registry.metrics() };
    };
  }

  return {
    async metrics() {
      page ??= openPage();
      return (await page)();
    },
    close: stop,
  };
}
