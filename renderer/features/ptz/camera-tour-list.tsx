import type { TFunction } from 'i18next';
import { Play, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CameraTour, CameraTourFact, PtzOutcome } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { say } from '../../ui/notice.ts';
import lines from '../../ui/numbered-list.module.css';
import { sayFault } from '../../ui/run-command.ts';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { followCameraTours, useCameraFact } from './use-camera-fact.ts';

interface Props {
  readonly client: PtzClient;
  readonly target: PtzTarget;
}

/** The tours that a camera keeps and runs by itself, each with its beginning and its end; nothing where it keeps none. */
export function CameraTourList({ client, target }: Props) {
  const { t } = useTranslation();
  const { id, number } = target.camera;
  const fact = useCameraFact(client, followCameraTours, id);
  const tours = useCameraTours(client, id, fact);
  const mayCommand = useStore(ptzView, (view) => view.mayCommand);
  if (tours.length === 0) return null;
  const nameOf = ({ name }: CameraTour, index: number): string => name || t('ptz.camera-tour-unnamed', { number: index + 1 });

  async function ask(asked: Promise<PtzOutcome>, words: () => void): Promise<void> {
    try {
      const outcome = await asked;
      // Of a tour, not of a preset.
      if (outcome.refusal === 'gone') say((t_) => t_('ptz.camera-tour-gone', { number }), 'attention');
      else if (outcome.refusal === null) words();
      else sayPtz(outcome, number);
    } catch (error) {
      sayFault(error);
    }
  }
  function start(token: string, name: string): void {
    ptzView.getState().desk?.letGo();
    const asked = client.call('ptz.start-camera-tour', { camera: id, tour: token });
    void ask(asked, () => say((t_) => t_('ptz.camera-tour-begun', { number, name })));
  }

  return (
    <div>
      <h3 className={styles.title}>{t('ptz.camera-tours')}</h3>
      <p className={styles.quiet}>{t('ptz.camera-tours-where')}</p>
      <ul className={`${lines.list} ${styles.list}`} aria-label={t('ptz.camera-tours')}>
        {tours.map((tour, index) => {
          const own = fact?.tour === tour.token ? fact : null;
          const isOn = own !== null && own.state !== 'ended';
          const name = nameOf(tour, index);
          return (
            <li key={tour.token} className={lines.line} data-camera-tour={tour.token} data-state={own?.state ?? tour.state}>
              <span className={`${styles.tour} ${styles.grow}`}>
                <bdi>{name}</bdi> <span className={own?.problem ? styles.trouble : styles.quiet}>{stateWords(t, tour, own)}</span>
              </span>
              <Button
                look="quiet"
                icon
                aria-disabled={!mayCommand || undefined}
                aria-label={t(isOn ? 'ptz.camera-tour-stop' : 'ptz.camera-tour-start', { name })}
                onClick={() => {
                  if (!mayCommand) return;
                  if (isOn) void ask(client.call('ptz.stop-tour', { camera: id }), () => {});
                  else start(tour.token, name);
                }}
              >
                {isOn ? <Square aria-hidden /> : <Play aria-hidden />}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What the camera keeps; read anew when one of them begins or ends, so that what it says of them is of now. */
function useCameraTours(client: PtzClient, camera: CameraId, fact: CameraTourFact | null): readonly CameraTour[] {
  const [read, setRead] = useState<{
    readonly camera: CameraId;
    readonly turn: string;
    readonly tours: readonly CameraTour[];
  } | null>(null);
  const turn = fact === null ? '' : `${fact.tour} ${fact.state}`;
  useEffect(() => {
    let isOver = false;
    client.call('ptz.read-tours', { camera }).then(
      ({ refusal, tours }) => {
        if (!isOver && refusal === null) setRead({ camera, turn, tours });
      },
      // What was read before stays; that the camera does not answer is said above.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client, camera, turn]);
  return read?.camera === camera ? read.tours : [];
}

function stateWords(t: TFunction, tour: CameraTour, fact: CameraTourFact | null): string {
  if (fact === null) return tour.state === 'paused' ? t('ptz.camera-tour-paused') : '';
  const words = t(`ptz.camera-tour-${fact.state}`);
  if (fact.problem === null) return words;
  const why = fact.problem === 'gone' ? t('ptz.camera-tour-is-gone') : t(`ptz-trouble.${fact.problem}`);
  return fact.state === 'ended' ? `${words}: ${why}` : `${t('ptz.camera-tour-not-paused')}: ${why}`;
}
