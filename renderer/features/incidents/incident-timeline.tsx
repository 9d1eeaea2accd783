import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { Button } from '../../ui/button.tsx';
import { clockText } from '../../ui/clock-text.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { TextInput } from '../../ui/field.tsx';
import styles from './incident-page.module.css';

interface IncidentTimelineProps {
  readonly incident: Incident;
  readonly act: (deed: IncidentDeed) => Promise<boolean>;
  readonly cameraName: (id: string) => string;
}

/** What happened, oldest first, and a line to add a note. */
export function IncidentTimeline({ incident, act, cameraName }: IncidentTimelineProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const [note, setNote] = useState('');
  const lines = [
    ...incident.moves.map(({ utcMs, bySeat, to }) => ({ utcMs, bySeat, words: t(`incident-state.${to}`) })),
    ...incident.cameras.slice(1).map(({ utcMs, bySeat, camera }) => ({
      utcMs,
      bySeat,
      words: t('incidents.camera-joined', { camera: cameraName(camera) }),
    })),
    ...incident.notes.map(({ utcMs, bySeat, text }) => ({ utcMs, bySeat, words: text })),
  ].toSorted((a, b) => a.utcMs - b.utcMs);
  const add = async () => {
    if (note.trim() !== '' && (await act({ do: 'note', text: note.trim() }))) setNote('');
  };
  return (
    <section aria-label={t('incidents.timeline')}>
      <h3 className={styles.title}>{t('incidents.timeline')}</h3>
      <ol className={styles.timeline}>
        {lines.map(({ utcMs, bySeat, words }, place) => (
          // A line is never moved or removed: its place is what it is.
          <li key={`${utcMs} ${place}`}>
            <span className={styles.quiet}>{clockText(utcMs)}</span>
            <span className={styles.quiet}>{t('incidents.by-seat', { seat: bySeat })}</span>
            <bdi>{words}</bdi>
          </li>
        ))}
      </ol>
      {incident.flaggedAgain > 0 && (
        <p className={styles.quiet}>{t('incidents.flagged-again', { times: incident.flaggedAgain })}</p>
      )}
      {seat !== null && includesRole(seat.role, 'operator') && incident.life.state !== 'withdrawn' && (
        <form
          className={styles.entry}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextInput
            aria-label={t('incidents.note')}
            placeholder={t('incidents.note')}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value.slice(0, 2_000))}
          />
          <Button type="submit" disabled={note.trim() === ''}>
            {t('incidents.add-note')}
          </Button>
        </form>
      )}
    </section>
  );
}
