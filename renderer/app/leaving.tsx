import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import styles from './leaving.module.css';
import { viewState } from './view-state.ts';

/** The ring that fills while Esc is held, so that nobody leaves a wall by brushing a key. */
export function Leaving() {
  const { t } = useTranslation();
  const leaving = useStore(viewState, (state) => state.leaving);
  if (leaving === 'no') return null;
  return (
    <div className={styles.leaving} role="status" data-leaving={leaving}>
      <svg className={styles.ring} viewBox="0 0 100 100" aria-hidden="true">
        <circle className={styles.track} cx="50" cy="50" r="44" />
        <circle className={styles.fill} cx="50" cy="50" r="44" pathLength="1" />
      </svg>
      <p>{t(leaving === 'holding' ? 'leave.hold' : leaving === 'asked' ? 'leave.leaving' : 'leave.failed')}</p>
    </div>
  );
}
