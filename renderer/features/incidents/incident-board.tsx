import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../core/rpc/define.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { boardColumnMost } from '../../../core/incidents/incidents.contract.ts';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import { sayFault } from '../../ui/run-command.ts';
import styles from './incident-board.module.css';
import { categoryWords, severityWords } from './incident-words.ts';
import type { IncidentsClient } from './incidents-client.ts';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';

/** So long nobody typed or did anything before it is asked (ms). */
const restMs = 120;
type Columns = CallOutput<DeedbanContract, 'incidents.board'>['columns'];

/** What is to be done, by state: the newest of each. Arrows go from card to card and from column to column, Enter opens. */
export function IncidentBoard({ client, filter }: { readonly client: IncidentsClient; readonly filter: IncidentFilter }) {
  const { t } = useTranslation();
  const [columns, setColumns] = useState<Columns>([]);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      client.call('incidents.board', { filter, limit: boardColumnMost }).then((answer) => {
        if (!gone) setColumns(answer.columns);
      }, sayFault);
    };
    const stop = client.watch('incidents.open', () => {
      clearTimeout(timer);
      timer = setTimeout(read, restMs);
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      stop();
    };
  }, [client, filter]);
  const cameraName = useCameraNames(
    client,
    columns.flatMap(({ incidents }) => incidents.flatMap(({ cameras }) => cameras.slice(0, 1))),
  );
  return (
    <div className={styles.board} onKeyDown={moveFocus}>
      {columns.map(({ state, incidents, total }) => (
        <section key={state} className={styles.column} data-column={state} aria-label={t(`incident-state.${state}`)}>
          <h3 className={styles.head}>
            {t(`incident-state.${state}`)} <span className={styles.total}>{total}</span>
          </h3>
          <ul className={styles.cards}>
            {incidents.map(({ number, flaggedUtcMs, category, severity, cameras, ownerSeat, assigned }) => (
              <li key={number}>
                <button
                  type="button"
                  className={styles.card}
                  data-card={number}
                  data-severity={severity}
                  onClick={() => openIncident(number)}
                >
                  <span className={styles.line}>
                    <b dir="ltr">{t('incidents.name', { number })}</b>
                    <span className={styles.quiet}>{dayAndTimeText(flaggedUtcMs)}</span>
                  </span>
                  <bdi className={styles.words}>{cameraName(cameras[0] ?? '')}</bdi>
                  <span className={styles.quiet}>
                    {listed(t, [
                      categoryWords(t, category),
                      severityWords(t, severity),
                      ownerSeat === null ? t('incidents.nobody') : t('incidents.by-seat', { seat: ownerSeat }),
                    ])}
                    {assigned !== null && (
                      <>
                        {' · '}
                        <bdi>{assigned}</bdi>
                      </>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {total > incidents.length && (
            <p className={styles.quiet}>{t('incidents.and-more', { more: total - incidents.length })}</p>
          )}
        </section>
      ))}
    </div>
  );
}

/** The card that has the focus gives it to its neighbour. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const columns = [...event.currentTarget.querySelectorAll('[data-column]')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-card]'),
  ]);
  const across = columns.findIndex((cards) => cards.some((card) => card === event.target));
  const down = columns[across]?.findIndex((card) => card === event.target) ?? -1;
  if (down < 0) return;
  const forward = event.code === (document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight');
  const sideways = event.code === 'ArrowLeft' || event.code === 'ArrowRight';
  let next: HTMLElement | undefined;
  if (event.code === 'ArrowDown') next = columns[across]?.[down + 1];
  else if (event.code === 'ArrowUp') next = columns[across]?.[down - 1];
  else if (sideways) {
    // An empty column is stepped over.
    const others = forward ? columns.slice(across + 1) : columns.slice(0, across).reverse();
    const cards = others.find((each) => each.length > 0);
    next = cards?.[Math.min(down, cards.length - 1)];
  } else return;
  event.preventDefault();
  next?.focus();
}
