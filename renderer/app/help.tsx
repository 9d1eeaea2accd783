import { useTranslation } from 'react-i18next';
import { type Command, type Shortcut, shownKeys } from '../ui/command.ts';
import { useCommandContext } from '../ui/command-context.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { commandsWithKeys } from './found-commands.ts';
import styles from './help.module.css';
import { viewState } from './view-state.ts';

/** The keys of this window, read from the commands themselves and grouped by feature, quiet where they do nothing now; first the numbers, which are no commands. */
export function Help({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  const context = useCommandContext();
  return (
    <Dialog toRead open onClose={() => viewState.setState({ help: false })} title={t('help.title')} width="wide">
      <div className={styles.groups}>
        <section className={styles.group}>
          <h3 className={styles.title}>{t('help.numbers')}</h3>
          <dl className={styles.keys}>
            <NumberRow keys={['12', '⏎']} words={t('help.number-camera')} />
            <NumberRow keys={['T', '5', '⏎']} words={t('help.number-tile')} />
            <NumberRow keys={['S', '3', '⏎']} words={t('help.number-scene')} />
            <NumberRow keys={['P', '3', '⏎']} words={t('help.number-preset')} />
          </dl>
        </section>
        {[...commandsWithKeys(commands, context)].map(([group, withKeys]) => {
          return (
            <section className={styles.group} key={group}>
              <h3 className={styles.title}>{t(`group.${group}` as 'group.app')}</h3>
              <dl className={styles.keys}>
                {withKeys.map(({ command: { id, label, shortcut, also = [] }, applies }) => (
                  <div className={styles.row} key={id} data-idle={!applies || undefined}>
                    <dt>
                      {differentlyShown([shortcut, ...also]).map((each) => (
                        <KeyHint key={shownKeys(each).join('+')} shortcut={each} />
                      ))}
                    </dt>
                    <dd>{t(label)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

/** Keys that are printed alike (the Enter of the number pad) are shown once. */
function differentlyShown(shortcuts: readonly (Shortcut | null)[]): readonly Shortcut[] {
  const byName = new Map(shortcuts.filter((each) => each !== null).map((each) => [shownKeys(each).join('+'), each]));
  return [...byName.values()];
}

function NumberRow({ keys, words }: { readonly keys: readonly string[]; readonly words: string }) {
  return (
    <div className={styles.row}>
      <dt>
        <bdi className={styles.typed} dir="ltr">
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </bdi>
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
