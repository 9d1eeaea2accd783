import { useEffect, useRef, useState } from 'react';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { keepSame } from './use-shared.ts';
import type { WallClient } from './wall-client.ts';

/** What is known of a tile's stream wherever its window stands: what changes rarely. */
export interface SteadyFact
  extends Pick<TileFact, 'camera' | 'stream' | 'state' | 'width' | 'height' | 'decoder' | 'verdict' | 'quality' | 'way'> {
  /** What the gateway's side says is wrong; null where nothing is, or nobody tells. */
  readonly why: ProblemCode | null;
}

export interface ToldTile {
  /** Null while no window has told of this tile. */
  readonly fact: SteadyFact | null;
  /** Pictures a second between the last two reports; null before the second one. Read it, do not render for it. */
  readonly fps: () => number | null;
}

/** Follows what windows and gateway tell of one tile; renders when something steady changes, never for a count. */
export function useTileFact(client: WallClient, at: TilePlace | null): ToldTile {
  const [fact, setFact] = useState<SteadyFact | null>(null);
  const counts = useRef<{ readonly newest: TileFact; readonly before: TileFact | null } | null>(null);
  const displayId = at?.displayId;
  const tile = at?.tile;
  useEffect(() => {
    let told: TileFact | null = null;
    let sources: readonly SourceFact[] = [];
    const tell = () => {
      const source = sources.find((each) => each.camera === told?.camera && each.stream === told.stream)?.source;
      const why = source && 'why' in source ? source.why : null;
      const next = told && steady(told, why);
      setFact((before) => keepSame(before ?? undefined, next));
    };
    const stops = [
      client.watch('streams.tiles', (displays) => {
        const tiles = displays.find((display) => display.displayId === displayId)?.tiles;
        told = tiles?.find((each) => each.tile === tile) ?? null;
        const last = counts.current?.newest;
        const goesOn = told !== null && last?.camera === told.camera && last.stream === told.stream && last.frames <= told.frames;
        counts.current = told === null ? null : { newest: told, before: goesOn && last ? last : null };
        tell();
      }),
      client.watch('streams.sources', (next) => {
        sources = next;
        tell();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      counts.current = null;
      setFact(null);
    };
  }, [client, displayId, tile]);
  const [fps] = useState(() => () => rate(counts.current));
  return { fact, fps };
}

function steady(
  { camera, stream, state, width, height, decoder, verdict, quality, way }: TileFact,
  why: ProblemCode | null,
): SteadyFact {
  const rough = { ...verdict, sinceUtcMs: nearest(verdict.sinceUtcMs), lateMs: nearest(verdict.lateMs) };
  const clockOffsetMs = nearest(verdict.clockOffsetMs);
  return {
    camera,
    stream,
    state,
    width,
    height,
    decoder,
    way,
    quality,
    verdict: { ...rough, clockOffsetMs },
    why: state === 'live' ? null : why,
  };
}

/** To whole seconds: the panel says no more, and need not render for less. */
const nearest = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1_000) * 1_000);

function rate(counts: { readonly newest: TileFact; readonly before: TileFact | null } | null): number | null {
  if (!counts?.before) return null;
  const seconds = (counts.newest.atMs - counts.before.atMs) / 1_000;
  return seconds > 0 ? Math.round((counts.newest.frames - counts.before.frames) / seconds) : null;
}
