import { createStore } from 'zustand/vanilla';
import { type NumberKey, type NumberKind, type NumberState, nextNumber, resting } from './number-grammar.ts';

/** Who began a number and was called away must not find his digits in the next one. */
export const pauseMs = 5_000;

/** The number that is being typed in this window. */
export const numberEntry = createStore<{ readonly entry: NumberState }>(() => ({ entry: resting }));

/** Feeds keys to the grammar and ends a number after a pause. `onTold` hears what Enter ended. */
export function createNumberEntry(onTold: (kind: NumberKind, number: number) => void): {
  /** Whether the key was the number's. */
  readonly press: (key: NumberKey) => boolean;
  readonly close: () => void;
} {
  let pause: ReturnType<typeof setTimeout> | undefined;

  function press(key: NumberKey): boolean {
    clearTimeout(pause);
    const { next, taken, told } = nextNumber(numberEntry.getState().entry, key);
    numberEntry.setState({ entry: next });
    if (next.state === 'typing') pause = setTimeout(() => press({ type: 'pause' }), pauseMs);
    if (told) onTold(told.kind, told.number);
    return taken;
  }

  return {
    press,
    close() {
      press({ type: 'pause' });
    },
  };
}
