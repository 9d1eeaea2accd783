import { Aperture, Focus, Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { HeldButton } from '../../ui/held-button.tsx';
import { sayFault } from '../../ui/run-command.ts';
import type { PtzClient } from './ptz-client.ts';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';
import { sayPtz } from './say-ptz.ts';

interface LensButtonsProps {
  readonly client: PtzClient;
  readonly target: PtzTarget;
}

/** Focus, iris, and what a camera calls its wiper, light and so on. */
export function LensButtons({ client, target }: LensButtonsProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { abilities, camera } = target;
  if (!abilities) return null;
  const { focus, iris, auxiliary } = abilities;
  if (!focus && !iris && auxiliary.length === 0) return null;
  const send = (command: string) =>
    client.call('ptz.auxiliary', { camera: camera.id, command }).then((outcome) => sayPtz(outcome, camera.number), sayFault);
  return (
    <>
      {(focus || iris) && (
        <div className={styles.row}>
          {focus && <FocusButtons />}
          {iris && <CommandButton command={ptzCommand('ptz.iris-auto')} icon={<Aperture aria-hidden />} />}
        </div>
      )}
      {auxiliary.length > 0 && (
        <div className={styles.row} role="group" aria-label={t('ptz.auxiliary')}>
          {auxiliary.map((command) => (
            <Button
              key={command}
              aria-disabled={seat === null || seat.role === 'viewer' || undefined}
              onClick={() => void send(command)}
            >
              <bdi>{auxiliaryName(command)}</bdi>
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function FocusButtons() {
  return (
    <>
      <HeldButton command={ptzCommand('ptz.focus-near')} icon={<Minus aria-hidden />} />
      <CommandButton command={ptzCommand('ptz.focus-auto')} icon={<Focus aria-hidden />} />
      <HeldButton command={ptzCommand('ptz.focus-far')} icon={<Plus aria-hidden />} />
    </>
  );
}

/** `tt:Wiper|On` (ONVIF PTZ §5.8) is read as `Wiper On`; what a maker calls its own stays as it is. */
export function auxiliaryName(command: string): string {
  return command.replace(/^tt:/, '').replaceAll('|', ' ');
}
