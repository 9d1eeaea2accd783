import { useCallback, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { trendMs } from '../../../core/health/tile-trend.ts';
import styles from './small-plot.module.css';
import { useEverySecond } from './use-every-second.ts';

export interface PlotPoint {
  readonly atUtcMs: number;
  readonly value: number | null;
  /** Out of its limits: drawn in another colour, and thicker. */
  readonly out: boolean;
}

interface SmallPlotProps {
  /** Oldest first. */
  readonly read: () => readonly PlotPoint[];
  /** The same in words, for who does not see it. */
  readonly words: (points: readonly PlotPoint[]) => string;
  /** The scale begins at 0 and ends here at least, so that noise does not look like trouble. */
  readonly least: number;
  /** In CSS pixels. */
  readonly width: number;
}

const height = 30;

/** The last minutes as one line, from left to right in every language, since that is how clocks are read. Without axes: the numbers stand beside it. */
export function SmallPlot({ read, words, least, width }: SmallPlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const made = new uPlot(optionsOf(least, width), [[], [], []], place.current);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [least, width]);
  const write = useCallback(() => {
    const points = read();
    place.current?.setAttribute('aria-label', words(points));
    plot.current?.setData([
      points.map(({ atUtcMs }) => atUtcMs / 1_000),
      points.map(({ value }) => value),
      points.map(({ value, out }) => (out ? value : null)),
    ]);
  }, [read, words]);
  useEverySecond(write);
  return <div ref={place} className={styles.plot} dir="ltr" role="img" />;
}

/** A colour as it is now: another contrast makes it another one. */
const token = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function optionsOf(least: number, width: number): uPlot.Options {
  return {
    width,
    height,
    padding: [3, 3, 3, 1],
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    axes: [{ show: false }, { show: false }],
    scales: {
      x: { range: () => [(Date.now() - trendMs) / 1_000, Date.now() / 1_000] },
      y: { range: (_plot, _low, high) => [0, Math.max(least, high ?? 0)] },
    },
    series: [
      {},
      { stroke: token('--text-quiet'), width: 1.25, points: { show: false } },
      { stroke: token('--attention'), width: 2.5, points: { show: true, size: 4, fill: token('--attention') } },
    ],
  };
}
