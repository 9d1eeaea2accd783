import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shapeStick } from '../../../core/ptz/stick-curve.ts';
import { stillVelocity } from '../../../core/ptz/velocity.ts';
import { ptzView } from './ptz-view.ts';
import styles from './virtual-stick.module.css';

/** A stick to pull with the pointer: the farther, the faster. It moves its knob by itself; nothing is rendered. */
export function VirtualStick({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation();
  const knob = useRef<HTMLSpanElement>(null);
  const pulling = useRef(false);

  function pull(box: DOMRect, clientX: number, clientY: number): void {
    const radius = box.width / 2;
    const x = (clientX - box.x - radius) / radius;
    const y = (clientY - box.y - radius) / radius;
    const far = Math.max(1, Math.hypot(x, y));
    show(x / far, y / far);
    const shaped = shapeStick(x, y);
    ptzView.getState().desk?.hand({ pan: shaped.x, tilt: shaped.y === 0 ? 0 : -shaped.y, zoom: 0 });
  }
  function show(x: number, y: number): void {
    const { current } = knob;
    if (current) current.style.translate = `${(x * 100).toFixed(1)}% ${(y * 100).toFixed(1)}%`;
  }
  function end(): void {
    if (!pulling.current) return;
    pulling.current = false;
    show(0, 0);
    ptzView.getState().desk?.hand(stillVelocity);
  }
  const ending = useRef(end);
  useEffect(() => () => ending.current(), []);

  return (
    <div
      className={styles.stick}
      // Pan and tilt are directions of the world: the same in every language.
      dir="ltr"
      role="img"
      aria-label={t('ptz.stick')}
      title={t('ptz.stick')}
      data-stick=""
      data-disabled={disabled || undefined}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pulling.current = true;
        pull(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);
      }}
      onPointerMove={(event) => {
        if (pulling.current) pull(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
    >
      <span ref={knob} className={styles.knob} />
    </div>
  );
}
