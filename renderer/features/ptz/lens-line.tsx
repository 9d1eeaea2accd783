import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { CommandButton } from '../../ui/command-button.tsx';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';

/** What speeds and drawn boxes are reckoned with, and who said so. */
export function LensLine({ target }: { readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const { lens, abilities } = target;
  if (lens === null || abilities === null) return null;
  const { magnification, widestDegrees, origin, slowsByItself } = lens;
  return (
    <div className={styles.row} data-lens={origin}>
      <span className={styles.grow}>
        <span className={styles.title}>{t('ptz.lens')}</span>{' '}
        {origin === 'assumed' ? (
          <span className={styles.quiet}>{t('ptz.lens-assumed', { magnification })}</span>
        ) : (
          <>
            <bdi>{t('ptz.lens-times', { magnification })}</bdi>
            {widestDegrees !== null && <bdi>, {t('ptz.lens-angle', { degrees: widestDegrees })}</bdi>}{' '}
            <span className={styles.quiet}>{t(origin === 'set' ? 'ptz.lens-set' : 'ptz.lens-told')}</span>
          </>
        )}
        {!abilities.status && !slowsByItself && <span className={styles.quiet}> {t('ptz.lens-no-place')}</span>}
      </span>
      <CommandButton look="quiet" command={ptzCommand('ptz.choose-lens')} icon={<Settings2 aria-hidden />} />
    </div>
  );
}
