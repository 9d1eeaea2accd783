import type { Client } from './client.ts';
import type { Contract, StateName, ValueOf } from './define.ts';

/** A state's present value, once: as soon as main has told it. For commands; what is on the glass watches. */
export function presentOf<C extends Contract, K extends StateName<C>>(
  client: Pick<Client<C>, 'watch'>,
  name: K,
): Promise<ValueOf<C, K>> {
  return new Promise((resolve) => {
    // The listener may be called before `watch` has returned the way to stop.
    let stop: (() => void) | null = null;
    let told = false;
    stop = client.watch(name, (value) => {
      told = true;
      stop?.();
      resolve(value);
    });
    if (told) stop();
  });
}
