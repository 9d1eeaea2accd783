import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftTimes } from '../../../core/incidents/incident-times.ts';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import { sayFault } from '../../ui/run-command.ts';
import styles from './incident-list.module.css';
import type { IncidentsClient } from './incidents-client.ts';

/** Three days of three shifts. */
const shown = 9;

/** How long incidents waited in the present shift and those before it: until somebody acknowledged them, and until they were resolved. */
export function ShiftTimesTable({ client }: { readonly client: IncidentsClient }) {
  const { t } = useTranslation();
  const [shifts, setShifts] = useState<readonly ShiftTimes[]>([]);
  useEffect(() => {
    let gone = false;
    const stop = client.watch('incidents.open', () => {
      client.call('incidents.times', { shifts: shown }).then((answer) => {
        if (!gone) setShifts(answer.shifts);
      }, sayFault);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [client]);
  const columns = ['acknowledged', 'resolved'] as const;
  return (
    <table className={styles.times}>
      <caption className={styles.count}>{t('incidents.times-caption')}</caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {t('incidents.shift')}
          </th>
          <th scope="col" rowSpan={2}>
            {t('incidents.flagged-count')}
          </th>
          {columns.map((column) => (
            <th key={column} scope="colgroup" colSpan={3}>
              {t(`incidents.until-${column}`)}
            </th>
          ))}
        </tr>
        <tr>
          {columns.flatMap((column) =>
            (['count', 'median', 'p90'] as const).map((each) => (
              <th key={`${column} ${each}`} scope="col">
                {t(`incidents.times-${each}`)}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift, place) => (
          <tr key={shift.fromUtcMs} data-shift={place}>
            <th scope="row">
              {dayAndTimeText(shift.fromUtcMs)}
              {place === 0 && <span className={styles.count}> {t('incidents.shift-now')}</span>}
            </th>
            <td>{shift.flagged}</td>
            {columns.map((column) => [
              <td key={`${column} count`}>{shift[column].count}</td>,
              <td key={`${column} median`}>{waitText(shift[column].medianMs)}</td>,
              <td key={`${column} p90`}>{waitText(shift[column].p90Ms)}</td>,
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `0:42`, `12:05`, `3:07:20`; a dash where there is none. */
export function waitText(ms: number | null): string {
  if (ms === null) return '–';
  const seconds = Math.round(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
