import type { ParseKeys } from 'i18next';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Command } from '../ui/command.ts';
import styles from './leaving.module.css';
import { viewState } from './view-state.ts';

/** The ring that fills while a key is held, so that nobody leaves a wall by brushing one; and what came of leaving. */
export function Leaving({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  const { holding, leaving } = useStore(viewState);
  const held = commands.find(({ id }) => id === holding?.id);
  if (!held && leaving === 'no') return null;
  const words: ParseKeys = held ? held.label : leaving === 'asked' ? 'leave.leaving' : 'leave.failed';
  return (
    <div className={styles.leaving} role="status" data-leaving={held ? 'holding' : leaving}>
      <svg
        className={styles.ring}
        viewBox="0 0 100 100"
        aria-hidden="true"
        style={{ '--hold': `${holding?.ms ?? 0}ms` } as CSSProperties}
      >
        <circle className={styles.track} cx="50" cy="50" r="44" />
        <circle className={styles.fill} cx="50" cy="50" r="44" pathLength="1" />
      </svg>
      <p>{t(words)}</p>
      {held && <p className={styles.quiet}>{t('leave.keep-holding')}</p>}
    </div>
  );
}
