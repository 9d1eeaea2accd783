import type { TileFact, TileMeasures } from '../../../core/streams/tile-fact.ts';
import { isSteppedDown } from '../../../core/streams/quality.ts';
import type { Page } from './prometheus.ts';

/** A tile as the page names it: numbers that people say aloud, never a name. */
export interface NamedTile {
  readonly labels: { readonly display: string; readonly tile: string; readonly camera: string };
  readonly fact: TileFact;
}

const of = ['display', 'tile', 'camera'] as const;

/** Counters of a tile: name, meaning, and what is read. They begin anew with another camera, as Prometheus expects of a counter. */
const counters: readonly (readonly [string, string, (fact: TileFact, measures: TileMeasures) => number])[] = [
  ['frames', 'Pictures presented.', (fact) => fact.frames],
  ['received_bytes', 'Bytes received.', (fact) => fact.bytes],
  ['received_packets', 'Packets received.', (_fact, measures) => measures.packets],
  ['lost_packets', 'Packets lost on the way to this PC.', (fact) => fact.packetsLost],
  ['freezes', 'Times the picture stood still.', (fact) => fact.freezes],
  ['dropped_frames', 'Pictures that came and were never shown.', (_fact, measures) => measures.dropped],
  ['decoded_frames', 'Pictures decoded.', (_fact, measures) => measures.decoded],
  [
    'decode_seconds',
    'Time pictures were in the decoder, where they wait for each other, too.',
    (_fact, measures) => measures.decodeMs / 1_000,
  ],
  ['buffered_frames', 'Pictures that left the jitter buffer.', (_fact, measures) => measures.buffered],
  ['buffer_seconds', 'Time pictures waited in the jitter buffer, all together.', (_fact, measures) => measures.bufferMs / 1_000],
];

/** What a tile is like now; null where it is not known, and then there is no series. */
const gauges: readonly (readonly [string, string, (fact: TileFact) => number | null])[] = [
  ['live', '1 while the verdict is live.', (fact) => (fact.verdict.word === 'live' ? 1 : 0)],
  ['width_pixels', 'Width of the picture that is shown.', (fact) => (fact.width > 0 ? fact.width : null)],
  ['height_pixels', 'Height of the picture that is shown.', (fact) => (fact.height > 0 ? fact.height : null)],
  ['jitter_seconds', 'How unevenly packets come.', (fact) => seconds(fact.measures?.jitterMs)],
  [
    'travel_seconds',
    'From the taking of a picture to its arrival, where both clocks agree.',
    (fact) => seconds(fact.measures?.travelMs),
  ],
  ['first_frame_seconds', 'From asking for the stream to its first picture.', (fact) => seconds(fact.firstFrameMs)],
];

const seconds = (ms: number | null | undefined): number | null => (ms === null || ms === undefined ? null : ms / 1_000);

/** Makes the metrics of the tiles; the function it returns puts the present tiles in place of the former. */
export function createTileMetrics({ Counter, Gauge, registry }: Page): (tiles: readonly NamedTile[]) => void {
  const registers = [registry];
  const counted = counters.map(([name, help, read]) => ({
    metric: new Counter({ name: `deedban_tile_${name}_total`, help, labelNames: of, registers }),
    read,
  }));
  const gauged = gauges.map(([name, help, read]) => ({
    metric: new Gauge({ name: `deedban_tile_${name}`, help, labelNames: of, registers }),
    read,
  }));
  const verdict = new Gauge({
    name: 'deedban_tile_verdict',
    help: '1 for what the tile says now (live, late, frozen, slate, stalled, lost, refused …) and the hop at fault.',
    labelNames: [...of, 'verdict', 'hop'],
    registers,
  });
  const lowered = new Gauge({
    name: 'deedban_tile_stepped_down',
    help: '1 where a tile shows less than it needs: how much is decoded (full, keys, still), and why.',
    labelNames: [...of, 'gait', 'reason'],
    registers,
  });
  const decoder = new Gauge({
    name: 'deedban_tile_decoder',
    help: '1 for what decodes the pictures (hardware, software) and how that is known: statistics measured it, media-capabilities expect it.',
    labelNames: [...of, 'decoder', 'source'],
    registers,
  });
  return (tiles) => {
    for (const { metric } of [...counted, ...gauged]) metric.reset();
    verdict.reset();
    lowered.reset();
    decoder.reset();
    for (const { labels, fact } of tiles) {
      const { measures } = fact;
      // A loss is taken back when the packet comes late: a counter must not hear of that as of a step below nothing.
      if (measures !== null) for (const { metric, read } of counted) metric.inc(labels, Math.max(0, read(fact, measures)));
      for (const { metric, read } of gauged) {
        const value = read(fact);
        if (value !== null) metric.set(labels, value);
      }
      verdict.set({ ...labels, verdict: fact.verdict.word, hop: fact.verdict.hop ?? '' }, 1);
      if (fact.decoder !== 'unknown') decoder.set({ ...labels, decoder: fact.decoder, source: fact.decoderSource }, 1);
      const { quality } = fact;
      if (quality !== null && isSteppedDown(quality))
        lowered.set({ ...labels, gait: quality.gait, reason: quality.reason ?? '' }, 1);
    }
  };
}
