import { useTranslation } from 'react-i18next';
import { type CommandContext, commands } from './commands.ts';
import styles from './help.module.css';
import { viewState } from './view-state.ts';

/** The keys that apply now, read from the commands themselves. */
export function Help({ context }: { readonly context: CommandContext }) {
  const { t } = useTranslation();
  return (
    <dialog open className={styles.help} aria-label={t('help.title')}>
      <h2 className={styles.title}>{t('help.title')}</h2>
      <dl className={styles.keys}>
        {commands
          .filter((command) => command.when(context))
          .map(({ id, label, shortcut }) => (
            <div className={styles.row} key={id}>
              <dt>
                {shortcut.holdMs > 0 ? (
                  t('command.hold', { key: shortcut.shown, seconds: shortcut.holdMs / 1_000 })
                ) : (
                  <kbd className={styles.key}>{shortcut.shown}</kbd>
                )}
              </dt>
              <dd>{t(label)}</dd>
            </div>
          ))}
      </dl>
      <button type="button" className={styles.close} onClick={() => viewState.setState({ help: false })}>
        {t('help.close')}
      </button>
    </dialog>
  );
}
