import type { Clock } from '../../ports/clock.ts';

/** Ends what is left of a child's process group (on Windows: of the child) and resolves when nothing of it runs. */
export async function endProcessGroup(pid: number, clock: Clock, graceMs: number): Promise<void> {
  const target = process.platform === 'win32' ? pid : -pid;
  if (!signal(target, 'SIGTERM')) return;
  const startMs = clock.monotonicMs();
  while (signal(target, 0)) {
    const spentMs = clock.monotonicMs() - startMs;
    if (spentMs > graceMs) signal(target, 'SIGKILL');
    // What even SIGKILL does not end within 5 s hangs in the kernel; nobody can wait for it.
    if (spentMs > graceMs + 5_000) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function signal(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, name);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
