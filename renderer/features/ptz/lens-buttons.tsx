import { Aperture, Focus, Minus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { HeldButton } from '../../ui/held-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { auxiliaryName } from './auxiliary-name.ts';
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
          {iris && <IrisMenu client={client} target={target} />}
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
              <bdi>{auxiliaryName(t, command)}</bdi>
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** No camera tells reliably how open its iris is: it is set, and not stepped. */
const irisParts = [
  ['ptz.iris-closed', 0],
  ['ptz.iris-quarter', 0.25],
  ['ptz.iris-half', 0.5],
  ['ptz.iris-three-quarters', 0.75],
  ['ptz.iris-open', 1],
] as const;

function IrisMenu({ client, target: { camera } }: LensButtonsProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const disabled = seat === null || seat.role === 'viewer';
  const set = (act: { readonly what: 'auto' } | { readonly what: 'open'; readonly part: number }) =>
    void client.call('ptz.iris', { camera: camera.id, act }).then((outcome) => sayPtz(outcome, camera.number), sayFault);
  return (
    <Menu
      trigger={
        <Button icon aria-label={t('ptz.iris')}>
          <Aperture aria-hidden />
        </Button>
      }
    >
      <MenuItem disabled={disabled} onChoose={() => set({ what: 'auto' })}>
        {t('ptz.iris-auto')}
      </MenuItem>
      {irisParts.map(([words, part]) => (
        <MenuItem key={words} disabled={disabled} onChoose={() => set({ what: 'open', part })}>
          {t(words)}
        </MenuItem>
      ))}
    </Menu>
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
