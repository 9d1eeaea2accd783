import type * as client from 'prom-client';

/** What is used of Prometheus' client library. It is loaded when figures are first asked for: most walls are never asked. */
export type Prometheus = Pick<typeof client, 'Counter' | 'Gauge' | 'Registry'>;

/** The library, and the page that is filled with it. */
export interface Page extends Prometheus {
  readonly registry: client.Registry;
}

export async function newPage(): Promise<Page> {
  const { Counter, Gauge, Registry } = await import('prom-client');
  return { Counter, Gauge, Registry, registry: new Registry() };
}
