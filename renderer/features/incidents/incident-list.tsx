import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { useWordScale } from '../../ui/word-scale.ts';
import { IncidentLine } from './incident-line.tsx';
import styles from './incident-list.module.css';
import type { IncidentsClient } from './incidents-client.ts';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';
import { useIncidentPages } from './use-incident-pages.ts';

/** A line's height at the usual size of words (CSS pixels). */
const linePx = 32;

/** All incidents of a filter, newest first; however many, only those that are seen are made. Arrows move, Enter opens. */
export function IncidentList({ client, filter }: { readonly client: IncidentsClient; readonly filter: IncidentFilter }) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const [active, setActive] = useState(0);
  const { total, row, want } = useIncidentPages(client, filter);
  const securing = useWatched<DeedbanContract, 'evidence.securing'>(client, 'evidence.securing');
  const heightPx = Math.round(linePx * useWordScale());
  const count = total ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => heightPx,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [virtual, heightPx]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => want(first, last), [want, first, last]);
  const cameraName = useCameraNames(
    client,
    items.flatMap(({ index }) => row(index)?.cameras ?? []),
  );
  const at = Math.min(active, Math.max(0, count - 1));
  function onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / heightPx) - 1);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
    };
    const next = to[event.code];
    const chosen = row(at);
    if (next !== undefined) {
      setActive(Math.max(0, Math.min(count - 1, next)));
      virtual.scrollToIndex(Math.max(0, Math.min(count - 1, next)));
    } else if (event.code === 'Enter' && chosen) openIncident(chosen.number);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <span className={styles.count} data-total={total ?? undefined}>
        {total !== null && t('incidents.found', { total })}
      </span>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('incidents.title')}
        aria-rowcount={count}
        aria-activedescendant={items.some(({ index }) => index === at) ? `${prefix}${at}` : undefined}
        onKeyDown={onKey}
      >
        <div className={styles.all} role="rowgroup" style={{ '--all': `${virtual.getTotalSize()}px` } as CSSProperties}>
          {items.map(({ index, start, size }) => {
            const incident = row(index);
            return (
              <div
                key={index}
                id={`${prefix}${index}`}
                className={styles.slot}
                role="row"
                aria-rowindex={index + 1}
                aria-selected={index === at}
                style={{ '--start': `${start}px`, '--size': `${size}px` } as CSSProperties}
              >
                <div role="gridcell">
                  {incident && (
                    <IncidentLine
                      incident={incident}
                      cameraName={cameraName}
                      securing={securing?.some((task) => task.incident === incident.number) ?? false}
                      onOpen={() => openIncident(incident.number)}
                    />
                  )}
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
