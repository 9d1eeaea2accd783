import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera } from '../../core/cameras/camera.ts';
import type { SceneSummary } from '../../core/scenes/scenes.contract.ts';
import { ptzView } from '../features/ptz/ptz-view.ts';
import { useCommandContext } from '../ui/command-context.tsx';
import type { CameraLookup } from './camera-lookup.ts';
import { numberEntry } from './number-entry.ts';
import styles from './number-shown.module.css';
import { numberTarget } from './number-target.ts';
import { numberWords } from './number-words.ts';

interface NumberShownProps {
  readonly cameras: CameraLookup;
  readonly scenes: readonly SceneSummary[];
}

/** The number that is being typed, large, and what Enter will do with it. */
export function NumberShown({ cameras, scenes }: NumberShownProps) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const entry = useStore(numberEntry, (state) => state.entry);
  const typed = entry.state === 'typing' && entry.kind === 'camera' ? Number(entry.digits) : null;
  const presets = useStore(ptzView, (view) => view.presets);
  const camera = useCameraByNumber(cameras, typed);
  if (entry.state === 'resting') return null;
  const { kind, digits } = entry;
  // Until the look-up has answered nothing is said that might be wrong.
  const waiting = digits === '' || (kind === 'camera' && camera === undefined);
  const target = waiting
    ? null
    : numberTarget(kind, Number(digits), {
        context,
        scenes,
        presets,
        camera: camera === 'unknown' ? undefined : (camera ?? null),
      });
  return (
    <output className={styles.shown} data-number={kind} data-does={target?.does}>
      <span className={styles.kind}>{t(`number.${kind}`)}</span>
      <bdi className={styles.digits} dir="ltr">
        {digits === '' ? '–' : digits}
      </bdi>
      <span className={styles.words}>
        {target !== null && target.does !== 'nothing' && <kbd className={styles.key}>⏎</kbd>}
        {target === null ? t('number.type') : numberWords(t, target)}
      </span>
    </output>
  );
}

/** Undefined until the look-up has answered for exactly this number; `unknown` where it cannot tell now. */
function useCameraByNumber(cameras: CameraLookup, number: number | null): Camera | null | 'unknown' | undefined {
  const [found, setFound] = useState<{ readonly number: number; readonly camera: Camera | null | 'unknown' }>();
  useEffect(() => {
    if (number === null) return;
    let current = true;
    const tell = (camera: Camera | null | 'unknown') => current && setFound({ number, camera });
    cameras.byNumber(number).then(tell, () => tell('unknown'));
    return () => {
      current = false;
    };
  }, [cameras, number]);
  return found?.number === number ? found.camera : undefined;
}
