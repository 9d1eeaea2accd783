import { useTranslation } from 'react-i18next';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import styles from './display-choice.module.css';
import { type DisplayName, displayName } from './display-name.ts';

interface DisplayChoiceProps {
  readonly walls: readonly DisplayWall[];
  readonly names: readonly DisplayName[];
  /** Ids of those that are chosen. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Which displays go into a scene; what is not chosen is left alone by it. */
export function DisplayChoice({ walls, names, chosen, onChange }: DisplayChoiceProps) {
  const { t } = useTranslation();
  function toggle(displayId: string): void {
    const next = new Set(chosen);
    if (!next.delete(displayId)) next.add(displayId);
    onChange(next);
  }
  return (
    <fieldset className={styles.choice}>
      <legend>{t('scenes.which-displays')}</legend>
      {walls.map(({ displayId, tiles }) => (
        <label key={displayId} className={styles.display}>
          <input type="checkbox" checked={chosen.has(displayId)} onChange={() => toggle(displayId)} />
          <span className={styles.name} dir="auto">
            {displayName(t, names, displayId)}
          </span>
          <span className={styles.tiles}>
            {t('scenes.filled-tiles', {
              filled: tiles.filter(({ content }) => content.kind !== 'empty').length,
              count: tiles.length,
            })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
