import { type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Direction } from '../../../core/wall/neighbour-tile.ts';
import { type DraftInput, type LayoutDraft, selectedCells } from './layout-draft.ts';
import styles from './layout-plan.module.css';

interface LayoutPlanProps {
  readonly draft: LayoutDraft;
  readonly aspect: number;
  readonly onInput: (input: DraftInput) => void;
  /** Gets the cell that the keys are at. */
  readonly first: RefObject<HTMLButtonElement | null>;
}

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The layout under work, large: cells are selected by dragging over them, or by arrows, and with Shift several. */
export function LayoutPlan({ draft, aspect, onInput, first }: LayoutPlanProps) {
  const { t } = useTranslation();
  const plan = useRef<HTMLDivElement>(null);
  const { layout, reach } = draft;
  const selected = new Set(selectedCells(draft));
  useEffect(() => {
    const { current } = plan;
    // Only where the keys are already: opening the dialog moves no focus by itself.
    if (current?.contains(document.activeElement)) current.querySelector<HTMLElement>(`[data-cell="${reach}"]`)?.focus();
  }, [reach]);

  function onKeyDown(event: KeyboardEvent): void {
    const input = inputOf(event);
    if (!input) return;
    event.preventDefault();
    onInput(input);
  }
  function onPointerMove(event: PointerEvent): void {
    if ((event.buttons & 1) === 0) return;
    const cell = cellAt(document.elementFromPoint(event.clientX, event.clientY));
    if (cell !== null) onInput({ type: 'extend', cell });
  }
  function onPointerDown(event: PointerEvent): void {
    const cell = event.button === 0 ? cellAt(event.target) : null;
    if (cell !== null) onInput({ type: event.shiftKey ? 'extend' : 'select', cell });
  }

  const shape = {
    aspectRatio: `${aspect}`,
    '--aspect': aspect,
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
  } as CSSProperties;
  return (
    <div
      ref={plan}
      className={styles.plan}
      style={shape}
      dir="ltr"
      role="group"
      aria-label={t('layout.plan')}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    >
      {layout.cells.map(({ column, row, columnSpan, rowSpan }, index) => (
        <button
          key={index}
          type="button"
          className={styles.cell}
          style={{ gridColumn: `${column + 1} / span ${columnSpan}`, gridRow: `${row + 1} / span ${rowSpan}` }}
          ref={index === reach ? first : undefined}
          data-cell={index}
          aria-pressed={selected.has(index)}
          aria-label={t('tile.place', { number: index + 1 })}
          tabIndex={index === reach ? 0 : -1}
          // A press that ends on another cell is a drag, and no click: the pointer has told already.
          onClick={(event) => event.detail === 0 && onInput({ type: 'select', cell: index })}
        >
          {index + 1}
        </button>
      ))}
    </div>
  );
}

/** What a key does to the draft; null: nothing. Keys go by their place, as everywhere. */
function inputOf({ code, ctrlKey, shiftKey }: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'shiftKey'>): DraftInput | null {
  const direction = arrows[code];
  if (direction) return { type: shiftKey ? 'stretch' : 'move', direction };
  const parts = shiftKey ? 3 : 2;
  switch (ctrlKey ? `Ctrl+${code}` : code) {
    case 'KeyM':
      return { type: 'merge' };
    case 'KeyC':
      return { type: 'split', columns: parts, rows: 1 };
    case 'KeyR':
      return { type: 'split', columns: 1, rows: parts };
    case 'Ctrl+KeyZ':
      return { type: shiftKey ? 'redo' : 'undo' };
    case 'Ctrl+KeyY':
      return { type: 'redo' };
    default:
      return null;
  }
}

function cellAt(target: EventTarget | null): number | null {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined;
  return name === undefined ? null : Number(name);
}
