import { useTranslation } from 'react-i18next';
import type { Command } from '../ui/command.ts';
import { commandApplies } from '../ui/command-applies.ts';
import { useCommandContext } from '../ui/command-context.tsx';
import { KeyCaps, KeyHint } from '../ui/key-hint.tsx';
import { SaidLine } from '../ui/said-line.tsx';
import styles from './status-line.module.css';

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
