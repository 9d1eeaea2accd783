import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Command } from '../ui/command.ts';
import { commandApplies } from '../ui/command-applies.ts';
import { useCommandContext } from '../ui/command-context.tsx';
import { KeyCaps, KeyHint } from '../ui/key-hint.tsx';
import { type Notice, notices } from '../ui/notice.ts';
import styles from './status-line.module.css';

/** How long a line stays; what must not be missed is also in the list of recent ones. */
const shownMs = { calm: 6_000, attention: 12_000, danger: 20_000 };

/** The desk's last line: what just happened, and the keys that apply now. */
export function StatusLine({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const hints = commands.filter((command) => command.prominent === true && commandApplies(command, context));
  return (
    <footer className={styles.line}>
      <SaidLine />
      <ul className={styles.keys} aria-label={t('app.keys-now')}>
        {context.selection && (
          <li>
            <KeyCaps keys={['12', '⏎']} />
            {t('app.key-camera')}
          </li>
        )}
        <li>
          <KeyCaps keys={['T', '5', '⏎']} />
          {t('app.key-tile')}
        </li>
        <li>
          <KeyCaps keys={['S', '3', '⏎']} />
          {t('app.key-scene')}
        </li>
        {context.steered?.abilities?.continuous.panTilt === true && (
          <li>
            <KeyCaps keys={['Shift', '←', '→', '↑', '↓']} />
            {t('app.key-steer')}
          </li>
        )}
        {hints.map(({ id, label, shortcut }) => (
          <li key={id}>
            {shortcut && <KeyHint shortcut={shortcut} />}
            {t(label)}
          </li>
        ))}
      </ul>
    </footer>
  );
}

/** The newest line that was said, for a while; read out to who does not see it. On a wall it stands alone. */
export function SaidLine() {
  const { t } = useTranslation();
  const newest = useStore(notices, (state) => state.list[0]);
  const [gone, setGone] = useState<Notice>();
  useEffect(() => {
    if (!newest) return undefined;
    const timer = setTimeout(() => setGone(newest), shownMs[newest.tone]);
    return () => clearTimeout(timer);
  }, [newest]);
  const shown = newest && newest !== gone ? newest : null;
  return (
    <p className={styles.said} role="status" data-tone={shown?.tone}>
      {shown && shown.tone !== 'calm' && <TriangleAlert aria-hidden />}
      {shown?.words(t)}
    </p>
  );
}
