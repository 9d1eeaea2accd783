import { stillVelocity } from '../../../core/ptz/velocity.ts';
import { padVelocity } from './pad-velocity.ts';
import { type PtzView, ptzView } from './ptz-view.ts';

const isSteerable = ({ target, mayCommand }: PtzView): boolean => mayCommand && target !== null && target.abilities !== null;

/**
 * Reads pads with each picture of the screen, but only while one is there, a camera can be steered, and the window has the focus. Where no camera can
 * be steered it does not even wait for one: a browser that was asked about pads looks at every device of the PC, sixty times a second.
 */
export function listenToPads(window: Window): () => void {
  let frame: number | null = null;
  let isListening = false;
  const pads = (): readonly Gamepad[] => window.navigator.getGamepads().filter((pad): pad is Gamepad => pad?.connected === true);

  function read(): void {
    frame = null;
    const isRead = isListening && window.document.hasFocus();
    const [pad] = isRead ? pads() : [];
    ptzView.getState().desk?.pad(pad ? padVelocity(pad) : stillVelocity);
    if (pad) frame = window.requestAnimationFrame(read);
  }
  /** Begins where it may, and ends by itself where it may no more. */
  function look(): void {
    if (frame === null && pads().length > 0) read();
  }
  function onGone(): void {
    if (pads().length > 0) return;
    ptzView.getState().desk?.pad(stillVelocity);
  }

  function listen(): void {
    if (isListening) return;
    isListening = true;
    window.addEventListener('gamepadconnected', look);
    window.addEventListener('gamepaddisconnected', onGone);
    window.addEventListener('focus', look);
  }
  function leave(): void {
    if (!isListening) return;
    isListening = false;
    window.removeEventListener('gamepadconnected', look);
    window.removeEventListener('gamepaddisconnected', onGone);
    window.removeEventListener('focus', look);
    if (frame !== null) window.cancelAnimationFrame(frame);
    frame = null;
    ptzView.getState().desk?.pad(stillVelocity);
  }
  function follow(view: PtzView, before?: PtzView): void {
    if (!isSteerable(view)) return leave();
    listen();
    if (view.target !== before?.target) look();
  }

  const stopView = ptzView.subscribe(follow);
  follow(ptzView.getState());
  return () => {
    stopView();
    leave();
  };
}
