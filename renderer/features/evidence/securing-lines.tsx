import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { EvidenceClient } from './evidence-client.ts';
import { ClockDoubtLine } from './clock-doubt-line.tsx';
import { sealIncident } from './evidence-deeds.ts';
import styles from './securing-lines.module.css';

interface SecuringLinesProps {
  readonly client: EvidenceClient;
  /** Of which incident; null: of all, and only what somebody has to do something about. */
  readonly incident: number | null;
  /** What a camera is called. */
  readonly cameraName: (id: string) => string;
}

/** What is being secured now, what is not and should be, and the end of it. */
export function SecuringLines({ client, incident, cameraName }: SecuringLinesProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const [sealing, setSealing] = useState<number | null>(null);
  const [withCopies, setWithCopies] = useState(false);
  const all = useWatched<DeedbanContract, 'evidence.securing'>(client, 'evidence.securing') ?? [];
  const room = useWatched<DeedbanContract, 'evidence.room'>(client, 'evidence.room');
  const doubt = useWatched<DeedbanContract, 'evidence.clock-doubt'>(client, 'evidence.clock-doubt') ?? null;
  const own = all.filter((task) => incident === null || task.incident === incident);
  const may = seat !== null && includesRole(seat.role, 'operator');
  const long = [...new Set(own.filter((task) => task.long).map((task) => task.incident))];
  // Where there is no room that is why nobody secures, and it is said.
  const lost = room?.level === 'full' ? [] : own.filter(({ taken }) => taken === 'nobody');
  const seal = (number: number) => {
    setSealing(number);
    sealIncident(client, number, withCopies)
      .catch(sayFault)
      .finally(() => setSealing(null));
  };
  return (
    <div className={styles.lines} data-beside={incident === null || undefined}>
      {room && room.level !== 'enough' && (
        <p className={styles.attention}>{t(room.level === 'full' ? 'evidence.full' : 'evidence.low')}</p>
      )}
      {incident === null && doubt !== null && (
        <ClockDoubtLine client={client} doubt={doubt} mayTrust={seat !== null && includesRole(seat.role, 'supervisor')} />
      )}
      {lost.map((task) => (
        <p key={`${task.incident} ${task.camera}`} className={styles.attention}>
          {t('evidence.nobody-secures', { camera: cameraName(task.camera) })}
        </p>
      ))}
      {long.map((number) => (
        <p key={number} className={styles.attention}>
          {t('evidence.long', { number })}
          <Button onClick={() => void client.call('evidence.go-on', { incident: number }).catch(sayFault)}>
            {t('evidence.go-on')}
          </Button>
          <Button onClick={() => void client.call('evidence.end', { incident: number }).catch(sayFault)}>
            {t('evidence.end')}
          </Button>
        </p>
      ))}
      {incident !== null &&
        own
          .filter(({ taken }) => taken !== 'nobody')
          .map((task) => (
            <p key={task.camera} className={styles.securing}>
              {t('evidence.securing', { camera: cameraName(task.camera) })}
            </p>
          ))}
      {incident !== null && may && (
        <div className={styles.actions}>
          <Button look="primary" data-seal={incident} disabled={sealing !== null} onClick={() => seal(incident)}>
            {t(sealing === incident ? 'evidence.sealing' : own.length > 0 ? 'evidence.seal' : 'evidence.seal-again')}
          </Button>
          <label className={styles.copies}>
            <input type="checkbox" checked={withCopies} onChange={({ currentTarget }) => setWithCopies(currentTarget.checked)} />
            {t('evidence.with-copies')}
          </label>
        </div>
      )}
    </div>
  );
}
