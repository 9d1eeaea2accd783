import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { selectedCamera } from './flagged-camera.ts';
import { IncidentPart } from './incident-part.tsx';
import styles from './incident-page.module.css';
import { TakeOff } from './take-off.tsx';
import type { IncidentsClient } from './incidents-client.ts';
import type { Act } from './use-incident.ts';

interface IncidentCamerasProps {
  readonly client: IncidentsClient;
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
  readonly cameraName: (id: string) => string;
}

/** Its cameras, and those that stand next to them. */
export function IncidentCameras({ client, incident, act, may, cameraName }: IncidentCamerasProps) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const [asked, setAsked] = useState(false);
  const { number, cameras } = incident;
  const join = (camera: CameraId) => void act({ do: 'join', camera, again: false });
  const joinSelected = () => {
    const camera = selectedCamera(context);
    if (camera === null) say((words) => words('incidents.select-first'));
    else join(camera);
  };
  return (
    <IncidentPart title={t('incidents.cameras')}>
      <ul className={styles.list}>
        {cameras.map(({ camera }, place) => (
          <li key={camera} className={styles.backable} data-joined={camera}>
            <span>
              <bdi>{cameraName(camera)}</bdi>
            </span>
            {may && place > 0 && !incident.locked && (
              <TakeOff
                label={t('incidents.take-off-what', { what: cameraName(camera) })}
                onTakeOff={(reason) => act({ do: 'part', camera, reason })}
              />
            )}
          </li>
        ))}
      </ul>
      {may && (
        <div className={styles.actions}>
          <Button onClick={joinSelected}>{t('incidents.add-camera')}</Button>
          <Button aria-expanded={asked} onClick={() => setAsked(!asked)}>
            {t('incidents.neighbours')}
          </Button>
        </div>
      )}
      {/* Asked again when one has joined: its own neighbours are offered then. */}
      {may && asked && <Neighbours key={cameras.length} client={client} number={number} onJoin={join} />}
    </IncidentPart>
  );
}

interface NeighboursProps {
  readonly client: IncidentsClient;
  readonly number: number;
  readonly onJoin: (camera: CameraId) => void;
}

function Neighbours({ client, number, onJoin }: NeighboursProps) {
  const { t } = useTranslation();
  const [near, setNear] = useState<readonly { readonly camera: Camera; readonly metres: number | null }[] | null>(null);
  useEffect(() => {
    let gone = false;
    client.call('incidents.neighbours', { number }).then((answer) => {
      if (!gone) setNear(answer.near);
    }, sayFault);
    return () => {
      gone = true;
    };
  }, [client, number]);
  return (
    <ul className={styles.list} aria-label={t('incidents.neighbours')}>
      {near?.map(({ camera, metres }) => (
        <li key={camera.id} className={styles.line}>
          <span className={styles.grows}>
            <bdi>
              {camera.number} {camera.name}
            </bdi>
          </span>
          {metres !== null && (
            <span className={styles.quiet} dir="ltr">
              {t('incidents.metres', { metres: Math.round(metres) })}
            </span>
          )}
          <Button data-neighbour={camera.id} onClick={() => onJoin(camera.id)}>
            {t('incidents.add')}
          </Button>
        </li>
      ))}
      {near?.length === 0 && <li className={styles.quiet}>{t('incidents.no-neighbours')}</li>}
    </ul>
  );
}
