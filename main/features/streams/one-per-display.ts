import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';

/**
 * One report for each display, in the order of the first. Several windows may show one display (browsers of several seats where there is none):
 * its tiles are there once, as the window with the most pictures tells.
 */
export function onePerDisplay(reports: readonly DisplayTiles[]): DisplayTiles[] {
  const best = new Map<string, DisplayTiles>();
  for (const report of reports) {
    const other = best.get(report.displayId);
    if (other === undefined || pictures(report) > pictures(other)) best.set(report.displayId, report);
  }
  return [...best.values()];
}

const pictures = ({ tiles }: DisplayTiles): number =>
  tiles.filter(({ verdict: { word } }) => word === 'live' || word === 'keys' || word === 'late').length;
