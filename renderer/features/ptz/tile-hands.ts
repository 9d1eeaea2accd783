import { pointBox } from '../../../core/ptz/picture-move.ts';
import { stillVelocity } from '../../../core/ptz/velocity.ts';
import { ptzView } from './ptz-view.ts';
import { steeredPicture } from './steered-picture.ts';
import { type Gesture, type GesturePoint, nextGesture, stickAfterMs, stickVelocity } from './tile-gesture.ts';
import styles from './tile-hands.module.css';

/** A click waits so long for the second one, which is full screen, in ms. */
const doubleClickMs = 350;

interface Held {
  readonly pointerId: number;
  readonly tile: HTMLElement;
  readonly box: DOMRect;
  readonly downX: number;
  readonly downY: number;
  readonly timer: ReturnType<typeof setTimeout>;
  gesture: Gesture;
  drawn: HTMLElement | null;
}

/**
 * Pointer and wheel on the selected tile, in every kind of window: hold to steer, click to centre, draw a box to zoom there, turn to zoom.
 * One listener for all tiles; nothing of it is drawn by React. Returns the way to stop.
 */
export function listenToHands(window: Window): () => void {
  let held: Held | null = null;
  let click: ReturnType<typeof setTimeout> | undefined;
  const desk = () => ptzView.getState().desk;
  const abilities = () => ptzView.getState().target?.abilities ?? null;
  const canBox = () => desk()?.canGoInto() === 'box';

  function onDown(event: PointerEvent): void {
    // The second press of a double click is none of ours, and takes the first one back.
    const isSecond = click !== undefined;
    clearTimeout(click);
    click = undefined;
    if (held !== null || isSecond || event.button !== 0 || event.ctrlKey || event.shiftKey || event.altKey) return;
    const found = steeredPicture(event.target, ptzView.getState().target);
    if (found === null || !maySteer() || !isWithin(found.box, event)) return;
    const at = pointIn(found.box, event);
    // Else the press would carry the tile elsewhere.
    found.tile.toggleAttribute('data-steers', true);
    held = {
      ...found,
      pointerId: event.pointerId,
      downX: event.clientX,
      downY: event.clientY,
      timer: setTimeout(() => take({ what: 'held', canSteer: abilities()?.continuous.panTilt === true }), stickAfterMs),
      gesture: { state: 'pressed', from: at, to: at },
      drawn: null,
    };
    // Not at once: it would take the click away from whoever selects and enlarges tiles.
  }

  function onMove(event: PointerEvent): void {
    if (held?.pointerId !== event.pointerId) return;
    const px = Math.hypot(event.clientX - held.downX, event.clientY - held.downY);
    const steers = canBox() || abilities()?.continuous.panTilt === true;
    if (steers) take({ what: 'moved', to: pointIn(held.box, event), px, canBox: canBox() });
  }

  function onUp(event: PointerEvent): void {
    if (held?.pointerId === event.pointerId) take({ what: 'released' });
  }
  function onCancel(event: PointerEvent): void {
    if (held?.pointerId === event.pointerId) take({ what: 'cancelled' });
  }
  const giveUp = (): void => take({ what: 'cancelled' });

  function take(input: Parameters<typeof nextGesture>[1]): void {
    if (held === null) return;
    const before = held.gesture;
    held.gesture = nextGesture(before, input);
    const { gesture } = held;
    if (before.state === 'pressed' && gesture.state !== 'pressed' && gesture.state !== 'over')
      held.tile.setPointerCapture(held.pointerId);
    if (gesture.state === 'stick' || before.state === 'stick') desk()?.hand(stickVelocity(gesture));
    if (gesture.state === 'box') draw(held);
    if (gesture.state !== 'over') return;
    const { tile, drawn, timer, box } = held;
    const aspect = box.width / box.height;
    held = null;
    clearTimeout(timer);
    drawn?.remove();
    tile.removeAttribute('data-steers');
    if (gesture.as === 'box') zoomInto(gesture.from, gesture.to, aspect);
    if (gesture.as === 'click') clicked(gesture.from, aspect);
  }

  function clicked({ x, y }: GesturePoint, aspect: number): void {
    if ((desk()?.canGoInto() ?? 'nothing') === 'nothing') return;
    const camera = ptzView.getState().target?.camera.id;
    click = setTimeout(() => {
      click = undefined;
      if (ptzView.getState().target?.camera.id === camera) void desk()?.goInto(pointBox(x, y), aspect);
    }, doubleClickMs);
  }

  function zoomInto(from: GesturePoint, to: GesturePoint, aspect: number): void {
    if (canBox()) void desk()?.goInto({ left: from.x, top: from.y, right: to.x, bottom: to.y }, aspect);
  }

  function draw(of: Held): void {
    const { box, gesture } = of;
    of.drawn ??= window.document.body.appendChild(Object.assign(window.document.createElement('div'), { className: styles.box }));
    const { style } = of.drawn;
    style.left = `${box.x + Math.min(gesture.from.x, gesture.to.x) * box.width}px`;
    style.top = `${box.y + Math.min(gesture.from.y, gesture.to.y) * box.height}px`;
    style.width = `${Math.abs(gesture.to.x - gesture.from.x) * box.width}px`;
    style.height = `${Math.abs(gesture.to.y - gesture.from.y) * box.height}px`;
  }

  function onWheel(event: WheelEvent): void {
    const { target } = ptzView.getState();
    // With Ctrl it is the picture that is enlarged; and nobody moves a lens by scrolling past.
    if (event.ctrlKey || event.deltaY === 0 || target?.mine !== true || target.abilities?.continuous.zoom !== true) return;
    if (steeredPicture(event.target, target) === null) return;
    event.preventDefault();
    desk()?.wheel(event.deltaY < 0 ? 1 : -1);
  }

  // While it is captured, whoever selects and enlarges tiles hears no click of what was a stick or a box.
  window.addEventListener('pointerdown', onDown, true);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('lostpointercapture', onCancel);
  window.addEventListener('wheel', onWheel, { passive: false });
  window.addEventListener('blur', giveUp);
  const stopView = ptzView.subscribe((view, before) => {
    if (view.target?.camera.id === before.target?.camera.id) return;
    giveUp();
    clearTimeout(click);
    click = undefined;
    desk()?.hand(stillVelocity);
  });
  return () => {
    giveUp();
    clearTimeout(click);
    stopView();
    window.removeEventListener('pointerdown', onDown, true);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('lostpointercapture', onCancel);
    window.removeEventListener('wheel', onWheel);
    window.removeEventListener('blur', giveUp);
  };
}

/** Who may not steer is not refused at every press on a tile. */
function maySteer(): boolean {
  return ptzView.getState().mayCommand;
}

/** Beside the picture of a tile there is nothing to steer to. */
function isWithin({ x, y, width, height }: DOMRect, event: MouseEvent): boolean {
  return event.clientX >= x && event.clientX <= x + width && event.clientY >= y && event.clientY <= y + height;
}

function pointIn(box: DOMRect, event: MouseEvent): GesturePoint {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return { x: within((event.clientX - box.x) / box.width), y: within((event.clientY - box.y) / box.height) };
}
