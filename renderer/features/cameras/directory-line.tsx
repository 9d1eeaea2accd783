import { ChevronRight, Star } from 'lucide-react';
import { type CSSProperties, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DragPayload } from '../../ui/drag-payload.ts';
import { makeDraggable } from '../../ui/drop-place.ts';
import type { CameraRest } from './camera-rest.ts';
import type { CameraCondition } from './directory-filter.ts';
import type { DirectoryRow } from './directory-tree.ts';
import styles from './directory-line.module.css';

interface DirectoryLineProps {
  readonly id: string;
  readonly row: DirectoryRow;
  readonly active: boolean;
  readonly favourite: boolean;
  readonly condition: CameraCondition;
  /** In a search the place is said with each camera; in the tree it is above. */
  readonly placed: boolean;
  readonly onChoose: (row: DirectoryRow) => void;
  readonly onFavourite: (row: DirectoryRow) => void;
  /** The pointer rests on the camera's line, or drags it. */
  readonly rest: CameraRest;
}

/** One line of the directory: a place that opens, or a camera. Both can be dragged to the wall. */
export const DirectoryLine = memo(function DirectoryLine(props: DirectoryLineProps) {
  const { id, row, active, favourite, condition, placed, onChoose, onFavourite, rest } = props;
  const { t } = useTranslation();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!line.current) return;
    const read = (): DragPayload | null => {
      if (row.kind === 'camera')
        return { kind: 'cameras', cameras: [row.camera.id], label: `${row.camera.number} ${row.camera.name}` };
      return row.cameras.length === 0 ? null : { kind: 'cameras', cameras: row.cameras, label: `${row.name} (${row.count})` };
    };
    return makeDraggable(line.current, read, (dragged) => {
      if (dragged === null) rest.dropped();
      else if (row.kind === 'camera') rest.dragged(row.camera.id);
    });
  }, [row, rest]);

  const shared = {
    ref: line,
    id,
    role: 'treeitem' as const,
    tabIndex: -1,
    'aria-level': row.depth + 1,
    'aria-selected': active,
    className: styles.line,
    style: { '--depth': row.depth } as CSSProperties,
    'data-active': active || undefined,
  };
  if (row.kind === 'place') {
    const name = row.name === '' ? t('cameras.no-name') : row.name;
    return (
      // Keys are the tree's own: focus stays on its search field.
      <div {...shared} aria-expanded={row.open} data-level={row.level} onClick={() => onChoose(row)}>
        <ChevronRight className={styles.arrow} data-open={row.open || undefined} aria-hidden />
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <span className={styles.count}>{row.count}</span>
      </div>
    );
  }
  const { camera } = row;
  return (
    <div
      {...shared}
      data-camera-line={camera.number}
      onDoubleClick={() => onChoose(row)}
      onPointerMove={() => rest.came(camera.id)}
      onPointerLeave={rest.left}
    >
      <span className={styles.condition} data-condition={condition} title={t(`cameras.condition-${condition}`)} />
      <span className={styles.number}>{camera.number}</span>
      <span className={styles.name} dir="auto">
        {camera.name}
        {placed && camera.site !== '' && <span className={styles.place}> {camera.site}</span>}
      </span>
      {camera.kind === 'ptz' && <span className={styles.mark}>PTZ</span>}
      <button
        type="button"
        tabIndex={-1}
        className={styles.star}
        aria-pressed={favourite}
        aria-label={t(favourite ? 'cameras.unfavourite' : 'cameras.favourite', { name: camera.name })}
        onClick={() => onFavourite(row)}
      >
        <Star aria-hidden fill={favourite ? 'currentColor' : 'none'} />
      </button>
    </div>
  );
});
