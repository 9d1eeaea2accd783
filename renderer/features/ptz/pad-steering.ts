import { stillVelocity } from '../../../core/ptz/velocity.ts';
import { padVelocity } from './pad-velocity.ts';
import { ptzView } from './ptz-view.ts';

/** Reads pads with each picture of the screen, but only while one is there, a camera can be steered, and the window has the focus. */
export function listenToPads(window: Window): () => void {
  let frame: number | null = null;
  const pads = (): readonly Gamepad[] => window.navigator.getGamepads().filter((pad): pad is Gamepad => pad?.connected === true);

  function read(): void {
    frame = null;
    const [pad] = pads();
    const { target, desk, mayCommand } = ptzView.getState();
    const isRead = pad !== undefined && mayCommand && target !== null && target.abilities !== null && window.document.hasFocus();
    desk?.pad(isRead ? padVelocity(pad) : stillVelocity);
    if (isRead) frame = window.requestAnimationFrame(read);
  }
  /** Begins where it may, and ends by itself where it may no more. */
  function look(): void {
    if (frame === null && pads().length > 0) read();
  }
  function onGone(): void {
    if (pads().length > 0) return;
    ptzView.getState().desk?.pad(stillVelocity);
  }

  window.addEventListener('gamepadconnected', look);
  window.addEventListener('gamepaddisconnected', onGone);
  window.addEventListener('focus', look);
  const stopView = ptzView.subscribe((view, before) => {
    if (view.target !== before.target) look();
  });
  look();
  return () => {
    if (frame !== null) window.cancelAnimationFrame(frame);
    window.removeEventListener('gamepadconnected', look);
    window.removeEventListener('gamepaddisconnected', onGone);
    window.removeEventListener('focus', look);
    stopView();
  };
}
