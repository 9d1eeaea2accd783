import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usualOf } from '../../../core/health/limits.ts';
import styles from './figure-line.module.css';
import { narrowPlot } from './plot-width.ts';
import { type PlotPoint, SmallPlot } from './small-plot.tsx';
import { useEverySecond } from './use-every-second.ts';

interface FigureLineProps {
  readonly name: string;
  /** The same in every language: `ms`, `kbit/s`. */
  readonly unit: string;
  readonly decimals: number;
  readonly least: number;
  /** Of the plot, in CSS pixels. */
  readonly width?: number;
  readonly read: () => readonly PlotPoint[];
}

/** One figure: its name, its last minutes, its value now, and between what it was. */
export function FigureLine({ name, unit, decimals, least, width = narrowPlot, read }: FigureLineProps) {
  const { t } = useTranslation();
  const now = useRef<HTMLElement>(null);
  const range = useRef<HTMLElement>(null);
  const say = useCallback((value: number) => value.toFixed(decimals), [decimals]);
  const write = useCallback(() => {
    const points = read();
    const last = points.at(-1);
    const value = last?.value ?? null;
    set(now.current, value === null ? '–' : `${say(value)} ${unit}`);
    now.current?.toggleAttribute('data-out', last?.out === true);
    const [low, high] = reach(points);
    set(range.current, low === null || high === null ? '' : `${say(low)}–${say(high)}`);
  }, [read, say, unit]);
  useEverySecond(write);
  const words = useCallback(
    (points: readonly PlotPoint[]) => {
      const [low, high] = reach(points);
      if (low === null || high === null) return t('health.plot-nothing', { name });
      const usual = say(usualOf(points.map(({ value }) => value)) ?? 0);
      const count = points.filter(({ out }) => out).length;
      return t('health.plot', { name, low: say(low), high: say(high), usual, unit, count });
    },
    [name, say, t, unit],
  );
  return (
    <div className={styles.line}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.figures}>
        <SmallPlot read={read} words={words} least={least} width={width} />
        <span className={styles.values}>
          <bdi ref={now} className={styles.now} dir="ltr" />
          <bdi ref={range} className={styles.range} dir="ltr" aria-hidden />
        </span>
      </dd>
    </div>
  );
}

function set(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** The least and the most of what is known. */
function reach(points: readonly PlotPoint[]): readonly [number | null, number | null] {
  const known = points.map(({ value }) => value).filter((value) => value !== null);
  return known.length === 0 ? [null, null] : [Math.min(...known), Math.max(...known)];
}
