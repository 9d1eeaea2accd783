import { readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';

/** Ends what is left of a child's process group (on Windows: of the child) and resolves when nothing of it runs. */
export async function endProcessGroup(pid: number, clock: Clock, graceMs: number): Promise<void> {
  const target = process.platform === 'win32' ? pid : -pid;
  const startMs = clock.monotonicMs();
  for (let name: NodeJS.Signals | null = 'SIGTERM'; isRunning(pid, target); ) {
    if (name !== null) signal(target, name);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const spentMs = clock.monotonicMs() - startMs;
    name = spentMs > graceMs ? 'SIGKILL' : null;
    // What even SIGKILL does not end within 5 s hangs in the kernel; nobody can wait for it.
    if (spentMs > graceMs + 5_000) return;
  }
}

function isRunning(pid: number, target: number): boolean {
  if (!signal(target, 0)) return false;
  if (process.platform !== 'linux') return true;
  // A dead process keeps its group until its parent has read its end; the first process of a container may take its time.
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && runsInGroup(name, pid));
}

function runsInGroup(name: string, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
    // After the command's name, which may hold anything: state, parent, group (proc(5)).
    const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(ofGroup) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

function signal(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, name);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
