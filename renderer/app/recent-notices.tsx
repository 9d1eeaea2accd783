import { MessageSquareText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import { notices } from '../ui/notice.ts';
import { Popover } from '../ui/popover.tsx';
import styles from './recent-notices.module.css';

/** What this window said lately, with its time: who looked away can read it again. */
export function RecentNotices() {
  const { t } = useTranslation();
  const list = useStore(notices, (state) => state.list);
  return (
    <Popover
      label={t('notice.recent')}
      trigger={
        <Button look="quiet" icon aria-label={t('notice.recent')}>
          <MessageSquareText aria-hidden />
        </Button>
      }
    >
      {list.length === 0 ? (
        <p>{t('notice.none')}</p>
      ) : (
        <ol className={styles.list}>
          {list.map(({ id, tone, words, atUtcMs }) => (
            <li key={id} className={styles.notice} data-tone={tone}>
              <time className={styles.time}>{clockText(atUtcMs)}</time>
              <span>{words(t)}</span>
            </li>
          ))}
        </ol>
      )}
    </Popover>
  );
}
