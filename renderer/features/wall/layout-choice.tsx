import { useTranslation } from 'react-i18next';
import type { Layout } from '../../../core/wall/layout.ts';
import { type NamedLayout, namedLayouts } from '../../../core/wall/named-layouts.ts';
import styles from './layout-choice.module.css';
import { LayoutIcon } from './layout-icon.tsx';

interface LayoutChoiceProps {
  readonly present: Layout;
  /** The display's width by height: wide and upright layouts are for displays of that shape. */
  readonly aspect: number;
  readonly onChoose: (layout: Layout) => void;
}

const shapes: readonly NamedLayout['shape'][] = ['grid', 'large', 'wide', 'portrait'];

/** The layouts everybody knows by name, drawn as they are. */
export function LayoutChoice({ present, aspect, onChoose }: LayoutChoiceProps) {
  const { t } = useTranslation();
  const now = JSON.stringify(present);
  return (
    <div className={styles.choice}>
      {shapes.map((shape) => (
        <div className={styles.shape} key={shape} role="group" aria-label={t(`layout-shape.${shape}`)}>
          {namedLayouts
            .filter((named) => named.shape === shape)
            .map(({ id, label, layout }) => {
              const { key, ...values } = label;
              const name = t(key, { large: 0, small: 0, columns: 0, rows: 0, ...values });
              return (
                <button
                  key={id}
                  type="button"
                  className={styles.layout}
                  aria-label={name}
                  title={name}
                  aria-pressed={JSON.stringify(layout) === now}
                  data-layout={id}
                  onClick={() => onChoose(layout)}
                >
                  <LayoutIcon layout={layout} aspect={aspect} />
                </button>
              );
            })}
        </div>
      ))}
    </div>
  );
}
