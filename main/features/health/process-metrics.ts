import type { Page } from './prometheus.ts';

/** What this process takes, under the names that every Prometheus client library gives them. The function it returns reads it anew. */
export function createProcessMetrics({ Counter, Gauge, registry }: Page, version: string): () => void {
  const registers = [registry];
  const cpu = new Counter({ name: 'process_cpu_seconds_total', help: 'CPU time of the main process.', registers });
  const memory = new Gauge({ name: 'process_resident_memory_bytes', help: 'Memory of the main process.', registers });
  const started = new Gauge({ name: 'process_start_time_seconds', help: 'When it started, since 1970.', registers });
  const build = new Gauge({ name: 'deedban_build_info', help: 'The version that runs.', labelNames: ['version'], registers });
  return () => {
    const { user, system } = process.cpuUsage();
    cpu.reset();
    cpu.inc((user + system) / 1e6);
    memory.set(process.memoryUsage.rss());
    started.set(Math.round(Date.now() / 1_000 - process.uptime()));
    build.set({ version }, 1);
  };
}
