import { useCallback, useEffect, useRef, useState } from 'react';
import type { IncidentSummary } from '../../../core/incidents/incident.ts';
import type { IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { IncidentsClient } from './incidents-client.ts';

const pageSize = 100;
/** So long nobody typed or did anything before it is asked (ms). */
const restMs = 120;
/** So many pages are kept: who scrolls through a hundred thousand reads most of them once. */
const mostPages = 20;

export interface IncidentPages {
  /** Null before the first answer. */
  readonly total: number | null;
  /** Undefined while it is being asked for. */
  row(index: number): IncidentSummary | undefined;
  /** The rows that are seen, first and last. */
  want(first: number, last: number): void;
}

/** All incidents of a filter (the same object while it says the same), of which only those that are seen are asked for; and anew whenever anything of any changes. */
export function useIncidentPages(client: IncidentsClient, filter: IncidentFilter): IncidentPages {
  const [known, setKnown] = useState<{
    readonly filter: IncidentFilter;
    readonly total: number;
    readonly pages: ReadonlyMap<number, IncidentSummary[]>;
  }>();
  const wanted = useRef({ first: 0, last: 0 });
  const asked = useRef(new Set<number>());
  const current = known?.filter === filter ? known : undefined;
  const ask = useCallback(
    (pages: readonly number[]) => {
      for (const page of pages) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        const input = { filter, skip: page * pageSize, limit: pageSize };
        client.call('incidents.list', input).then(
          ({ incidents, total }) => {
            asked.current.delete(page);
            setKnown((before) => {
              const kept = before?.filter === filter ? [...before.pages].filter(([each]) => each !== page) : [];
              return { filter, total, pages: new Map([...kept, [page, incidents] as const].slice(-mostPages)) };
            });
          },
          (error: unknown) => {
            asked.current.delete(page);
            sayFault(error);
          },
        );
      }
    },
    [client, filter],
  );
  const seen = useCallback(() => {
    const { first, last } = wanted.current;
    const from = Math.floor(first / pageSize);
    return Array.from({ length: Math.min(4, Math.floor(last / pageSize) - from + 1) }, (_, place) => from + place);
  }, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    asked.current = new Set();
    // Told at once, and again whenever anything of any incident changes.
    const stop = client.watch('incidents.open', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        asked.current.clear();
        ask(seen());
      }, restMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, ask, seen]);
  const pages = current?.pages;
  const want = useCallback(
    (first: number, last: number) => {
      wanted.current = { first, last };
      ask(seen().filter((page) => pages !== undefined && !pages.has(page)));
    },
    [ask, seen, pages],
  );
  return {
    total: current?.total ?? null,
    row: (index) => pages?.get(Math.floor(index / pageSize))?.[index % pageSize],
    want,
  };
}
