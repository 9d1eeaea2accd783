import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SceneId, sceneIdSchema } from '../../../core/scenes/scene.ts';
import type { SceneSummary } from '../../../core/scenes/scenes.contract.ts';
import { Button } from '../../ui/button.tsx';
import { type DwellUnit, dwellOf, dwellUnits } from './dwell.ts';
import styles from './step-line.module.css';
import type { EditedStep, StepInput } from './step-list.ts';

interface StepLineProps {
  readonly step: EditedStep;
  /** Its place among the steps, from 0. */
  readonly place: number;
  readonly count: number;
  readonly scenes: readonly SceneSummary[];
  readonly onInput: (input: StepInput) => void;
}

const dragKind = 'deedban-programme-step';

/** One step in the editor: its scene, its dwell, and its place by buttons or by hand. */
export function StepLine({ step, place, count, scenes, onInput }: StepLineProps) {
  const { t } = useTranslation();
  const { key, scene, dwell } = step;
  const { line, grip, over } = useReorder(key, place, onInput);
  const at = place + 1;
  return (
    <li ref={line} className={styles.line} data-step={at} data-over={over || undefined}>
      <span ref={grip} className={styles.grip} title={t('programmes.drag', { step: at })}>
        <GripVertical aria-hidden />
      </span>
      <span className={styles.place}>{at}</span>
      <select
        className={styles.scene}
        value={scene}
        aria-label={t('programmes.scene', { step: at })}
        onChange={({ target }) => onInput({ type: 'scene', key, scene: sceneIdSchema.parse(target.value) })}
      >
        {!hasScene(scenes, scene) && <option value={scene}>{t('programmes.scene-gone')}</option>}
        {scenes.map(({ id, number, name }) => (
          <option key={id} value={id}>
            {`${number}  ${name}`}
          </option>
        ))}
      </select>
      <input
        className={styles.amount}
        inputMode="numeric"
        maxLength={5}
        value={dwell.amount}
        aria-label={t('programmes.dwell', { step: at })}
        aria-invalid={dwellOf(dwell) === null}
        onChange={({ target }) => onInput({ type: 'dwell', key, dwell: { ...dwell, amount: target.value } })}
      />
      <select
        className={styles.unit}
        value={dwell.unit}
        aria-label={t('programmes.unit', { step: at })}
        onChange={({ target }) => {
          const unit = units.find((each) => each === target.value);
          if (unit) onInput({ type: 'dwell', key, dwell: { ...dwell, unit } });
        }}
      >
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {t(`programmes.${unit}`)}
          </option>
        ))}
      </select>
      <Button
        look="quiet"
        icon
        aria-label={t('programmes.up', { step: at })}
        aria-disabled={place === 0 || undefined}
        onClick={() => place > 0 && onInput({ type: 'move', key, to: place - 1 })}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button
        look="quiet"
        icon
        aria-label={t('programmes.down', { step: at })}
        aria-disabled={place === count - 1 || undefined}
        onClick={() => place < count - 1 && onInput({ type: 'move', key, to: place + 1 })}
      >
        <ArrowDown aria-hidden />
      </Button>
      <Button
        look="quiet"
        icon
        aria-label={t('programmes.remove', { step: at })}
        onClick={() => onInput({ type: 'remove', key })}
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}

const units: readonly DwellUnit[] = ['seconds', 'minutes', 'hours'] satisfies (keyof typeof dwellUnits)[];

const hasScene = (scenes: readonly SceneSummary[], scene: SceneId): boolean => scenes.some(({ id }) => id === scene);

/** A step dropped on another takes its place. */
function useReorder(key: number, place: number, onInput: (input: StepInput) => void) {
  const line = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!line.current || !grip.current) return;
    const stops = [
      draggable({ element: line.current, dragHandle: grip.current, getInitialData: () => ({ kind: dragKind, key }) }),
      dropTargetForElements({
        element: line.current,
        canDrop: ({ source }) => source.data['kind'] === dragKind,
        onDragEnter: ({ source }) => setOver(source.data['key'] !== key),
        onDragLeave: () => setOver(false),
        onDrop({ source }) {
          setOver(false);
          const moved = source.data['key'];
          if (typeof moved === 'number' && moved !== key) onInput({ type: 'move', key: moved, to: place });
        },
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [key, place, onInput]);
  return { line, grip, over };
}
