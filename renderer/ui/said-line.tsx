import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Notice, notices } from './notice.ts';
import styles from './said-line.module.css';

/** How long a line stays; what must not be missed is also in the list of recent ones. */
const shownMs = { calm: 6_000, attention: 12_000, danger: 20_000 };

/** The newest line that was said, for a while; read out to who does not see it. `after`: only what was said later than the notice of that id. */
export function SaidLine({ after = 0 }: { readonly after?: number }) {
  const { t } = useTranslation();
  const newest = useStore(notices, (state) => state.list[0]);
  const [gone, setGone] = useState<Notice>();
  useEffect(() => {
    if (!newest) return undefined;
    const timer = setTimeout(() => setGone(newest), shownMs[newest.tone]);
    return () => clearTimeout(timer);
  }, [newest]);
  const shown = newest && newest !== gone && newest.id > after ? newest : null;
  return (
    <p className={styles.said} role="status" data-tone={shown?.tone}>
      {shown && shown.tone !== 'calm' && <TriangleAlert aria-hidden />}
      {shown?.words(t)}
    </p>
  );
}
