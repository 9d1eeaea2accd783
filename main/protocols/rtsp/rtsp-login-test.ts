import type { Clock } from '../../ports/clock.ts';
import type { LoginTest } from '../../ports/login-test.ts';
import { createRtspSource } from './rtsp-source.ts';

/** A camera that says nothing for this long is silent, ms. */
const limitMs = 8_000;

/** Opens the stream as the gateway would, and ends it as soon as the camera has answered. A camera whose codec nobody decodes has taken the login too. */
export function createRtspLoginTest(clock: Clock): LoginTest {
  const open = createRtspSource({ clock });
  return (address, signal) =>
    new Promise((resolve) => {
      const tell = (what: 'answered' | 'refused' | 'silent') => {
        callOff();
        signal.removeEventListener('abort', silent);
        source.close();
        resolve(what);
      };
      const silent = () => tell('silent');
      const callOff = clock.after(limitMs, silent);
      signal.addEventListener('abort', silent, { once: true });
      const source = open(address, {
        onOpen: () => tell('answered'),
        onUnit() {},
        onEnd: ({ code }) => {
          const took = code === 'codec-unsupported' || code === 'encoder-missing' || code === 'stream-missing';
          tell(code === 'camera-refused' ? 'refused' : took ? 'answered' : 'silent');
        },
      });
      if (signal.aborted) silent();
    });
}
