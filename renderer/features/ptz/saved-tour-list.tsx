import { Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { SavedTour } from '../../../core/ptz/saved-tour.ts';
import type { TourStep } from '../../../core/ptz/tour-life.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { sayFault } from '../../ui/run-command.ts';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';

interface SavedTourListProps {
  readonly client: PtzClient;
  readonly camera: CameraId;
  /** What is chosen now; null while something of it is no tour. */
  readonly steps: readonly TourStep[] | null;
  onChoose(tour: SavedTour): void;
}

/** The tours of a camera that have a name: one press fills them in; what is filled in is saved under a name. */
export function SavedTourList({ client, camera, steps, onChoose }: SavedTourListProps) {
  const { t } = useTranslation();
  const [tours, setTours] = useState<readonly SavedTour[]>([]);
  const [typed, setTyped] = useState('');
  const name = typed.trim();

  const read = useCallback(
    () => client.call('ptz.saved-tours', { camera }).then((answer) => setTours(answer.tours), sayFault),
    [client, camera],
  );
  useEffect(() => void read(), [read]);

  async function change(asked: ReturnType<typeof client.call<'ptz.save-tour' | 'ptz.delete-tour'>>): Promise<void> {
    try {
      sayPtz(await asked, ptzView.getState().target?.camera.number ?? 0);
      await read();
    } catch (error) {
      sayFault(error);
    }
  }
  function save(): void {
    if (steps !== null) void change(client.call('ptz.save-tour', { camera, tour: { name, steps: [...steps] } }));
  }

  return (
    <div>
      {tours.map((tour) => (
        <div key={tour.name} className={styles.row} data-saved-tour={tour.name}>
          <Button
            className={styles.grow ?? ''}
            onClick={() => {
              onChoose(tour);
              setTyped(tour.name);
            }}
          >
            <bdi>{tour.name}</bdi>
          </Button>
          <Button
            look="quiet"
            icon
            aria-label={t('ptz.tour-delete', { name: tour.name })}
            onClick={() => void change(client.call('ptz.delete-tour', { camera, name: tour.name }))}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <TextInput
          className={styles.grow ?? ''}
          maxLength={60}
          dir="auto"
          aria-label={t('ptz.tour-name')}
          placeholder={t('ptz.tour-name')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button disabled={name === '' || steps === null || steps.length < 2} onClick={save}>
          {t('ptz.tour-save')}
        </Button>
      </div>
    </div>
  );
}
