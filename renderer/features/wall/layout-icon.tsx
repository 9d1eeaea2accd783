import type { Layout } from '../../../core/wall/layout.ts';
import styles from './layout-icon.module.css';

interface LayoutIconProps {
  readonly layout: Layout;
  /** Of the display, width by height. */
  readonly aspect?: number;
}

const blockSize = 27;
const gap = 0.7;

/** A layout, drawn small. */
export function LayoutIcon({ layout, aspect = 16 / 9 }: LayoutIconProps) {
  const inlineSize = blockSize * aspect;
  const column = inlineSize / layout.columns;
  const row = blockSize / layout.rows;
  return (
    <svg className={styles.icon} viewBox={`0 0 ${inlineSize} ${blockSize}`} aria-hidden="true">
      {layout.cells.map((cell) => (
        <rect
          key={`${cell.column} ${cell.row}`}
          className={styles.cell}
          x={cell.column * column + gap / 2}
          y={cell.row * row + gap / 2}
          width={cell.columnSpan * column - gap}
          height={cell.rowSpan * row - gap}
        />
      ))}
    </svg>
  );
}
