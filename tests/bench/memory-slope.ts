import { readFileSync } from 'node:fs';
import { processTree } from './process-tree.ts';

/** Memory (proportional set size where the kernel tells it, else resident) of a process and its descendants, in MiB. */
export function treeMemoryMiB(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + memoryMiB(pid), 0);
}

/** Of one process, in MiB; 0 where it has gone. Shared pages are counted in parts, so that a tree's sum is what it takes. */
export function memoryMiB(pid: number): number {
  for (const [file, line] of [
    ['smaps_rollup', /^Pss:\s+(\d+) kB/m],
    ['status', /^VmRSS:\s+(\d+) kB/m],
  ] as const) {
    try {
      const found = line.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
      if (found) return Number(found[1]) / 1_024;
    } catch {
      // Gone, or not ours to read: the next file may be.
    }
  }
  return 0;
}

/** The slope of the straight line through points (least squares): units of `y` per unit of `x`. NaN for fewer than two points. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const count = points.length;
  const mean = (of: (point: { x: number; y: number }) => number) => points.reduce((sum, point) => sum + of(point), 0) / count;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = mean((point) => (point.x - x) ** 2);
  return spread > 0 ? mean((point) => (point.x - x) * (point.y - y)) / spread : Number.NaN;
}
