import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import type { PtzClient } from './ptz-client.ts';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';
import { ptzView } from './ptz-view.ts';
import { followDuties, useCameraFact } from './use-camera-fact.ts';
import { useMinute } from './use-minute.ts';

/** Whether the camera looks where it should, for how long it does not, and its way back. */
export function DutyLine({ client, target }: { readonly client: PtzClient; readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const fact = useCameraFact(client, followDuties, target.camera.id);
  const nowUtcMs = useMinute();
  const since = fact?.offSinceUtcMs ?? null;
  return (
    <div className={styles.row} data-duty={fact === null ? 'none' : since === null ? 'on' : 'off'}>
      <span className={styles.grow}>
        <span className={styles.title}>{t('ptz.duty')}</span>{' '}
        {fact === null && <span className={styles.quiet}>{t('ptz.duty-none')}</span>}
        {fact !== null && (since === null ? t('ptz.on-duty') : t('ptz.off-duty', { count: minutesSince(since, nowUtcMs) }))}
      </span>
      {fact !== null && since !== null && (
        <Button onClick={() => void ptzView.getState().desk?.goTo({ what: 'preset', token: fact.duty.preset })}>
          {t('ptz.to-duty')}
        </Button>
      )}
      <CommandButton look="quiet" command={ptzCommand('ptz.choose-duty')} icon={<Settings2 aria-hidden />} />
    </div>
  );
}

/** Whole minutes; a clock that was set back makes none of them negative. */
export function minutesSince(sinceUtcMs: number, nowUtcMs: number): number {
  return Math.max(0, Math.floor((nowUtcMs - sinceUtcMs) / 60_000));
}
