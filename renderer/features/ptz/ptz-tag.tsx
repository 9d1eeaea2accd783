import { Joystick, TriangleAlert } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { LeaseFact, PtzTrouble } from '../../../core/ptz/ptz.contract.ts';
import { deviceTimeoutMs } from '../../../core/ptz/motion-life.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import type { PtzClient } from './ptz-client.ts';
import tile from '../../ui/tile-tag.module.css';
import styles from './ptz-tag.module.css';
import { followLeases, followTroubles, useCameraFact } from './use-camera-fact.ts';

interface PtzTagProps {
  readonly client: Pick<PtzClient, 'watch'>;
  readonly camera: Camera;
}

/** Who steers a tile's camera, and what is wrong with steering it; nothing where nobody does and nothing is. */
export function PtzTag({ client, camera }: PtzTagProps) {
  return camera.kind === 'ptz' ? <SteeringOf client={client} camera={camera} /> : null;
}

function SteeringOf({ client, camera }: PtzTagProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const lease = useCameraFact(client, followLeases, camera.id);
  const trouble = useCameraFact(client, followTroubles, camera.id);
  if (!lease && !trouble) return null;
  return (
    <p className={`${tile.tags} ${styles.place}`} data-steered-by={lease?.by.seat}>
      {trouble && (
        <span className={`${tile.tag} ${styles.trouble}`} data-trouble={trouble.problem}>
          <TriangleAlert className={tile.icon} aria-hidden /> {troubleWords(t, trouble)}
        </span>
      )}
      {lease && (
        <span className={tile.tag}>
          <Joystick className={tile.icon} aria-hidden /> {holderWords(t, lease, seat?.number ?? null)}
        </span>
      )}
    </p>
  );
}

/** `Op. 3 steers`. */
export function holderWords(t: TFunction, { by, reserved }: LeaseFact, ownSeat: number | null): string {
  if (by.seat === ownSeat) return t(reserved ? 'ptz.kept' : 'ptz.mine');
  return t(reserved ? 'ptz.kept-by' : 'ptz.held-by', { seat: by.seat });
}

/** A camera that does not hear Stop ends by the timeout it was given: against a cut network that is all there is. */
export function troubleWords(t: TFunction, { problem }: PtzTrouble): string {
  if (problem === 'may-be-moving') return t('ptz.stops-itself', { seconds: deviceTimeoutMs / 1_000 });
  return t(`ptz-trouble.${problem}`);
}
