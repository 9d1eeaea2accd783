import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for every process it shows (`USER_HZ`). */
const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets; everything behind its last one is numbers.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [utime, stime, cutime, cstime] = [fields[11], fields[12], fields[13], fields[14]].map(Number);
    const ticks = (utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

/** A process and all its descendants that are alive now. */
export function processTree(root: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const found = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { pid, parent } of all) {
      if (found.has(pid) || !found.has(parent)) continue;
      found.add(pid);
      grew = true;
    }
  }
  return [...found];
}

/** CPU time in seconds that a process, its descendants and those of them that ended have used (`proc(5)`: utime to cstime). */
export function treeCpuSeconds(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + (readStat(pid)?.ticks ?? 0), 0) / ticksPerSecond;
}

/** Cores a tree of processes uses over `seconds`: 1 is one core all the time. */
export async function coresUsed(root: number, seconds: number): Promise<number> {
  const startS = performance.now() / 1_000;
  const before = treeCpuSeconds(root);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  return (treeCpuSeconds(root) - before) / (performance.now() / 1_000 - startS);
}
