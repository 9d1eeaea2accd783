/** What a typed number stands for. */
export type NumberKind = 'camera' | 'tile' | 'scene' | 'preset';

/**
 * A number on its way. Digits alone mean a camera; T, S or P before them a tile, a scene, a preset.
 *
 *            digit / T S P            Enter (with digits)
 *   resting ──────────────▶ typing ────────────────────────▶ resting, and the number is told
 *      ▲                     │  ▲ │
 *      │   Esc, pause, any   │  └─┘ digit, Backspace, T S P (begins anew)
 *      └──── other key ──────┘
 */
export type NumberState =
  | { readonly state: 'resting' }
  | {
      readonly state: 'typing';
      readonly kind: NumberKind /** Without leading zeros; may be empty after T, S, P. */;
      readonly digits: string;
    };

/** `pause`: nothing was pressed for a while. `other`: a key that is none of the grammar's. */
export type NumberKey =
  | { readonly type: 'digit'; readonly digit: number }
  | { readonly type: 'kind'; readonly kind: Exclude<NumberKind, 'camera'> }
  | { readonly type: 'enter' | 'backspace' | 'escape' | 'pause' | 'other' };

export interface NumberStep {
  readonly next: NumberState;
  /** The key was for the number and for nothing else. */
  readonly taken: boolean;
  /** What Enter ended. */
  readonly told: { readonly kind: NumberKind; readonly number: number } | null;
}

/** As many digits as the largest number of its kind has (cameras to 999,999, tiles to 64, scenes to 9,999, presets to 255). */
export const mostDigits: Readonly<Record<NumberKind, number>> = { camera: 6, tile: 2, scene: 4, preset: 3 };

export const resting: NumberState = { state: 'resting' };

/** What one key does to the number that is being typed. */
export function nextNumber(state: NumberState, key: NumberKey): NumberStep {
  const go = (next: NumberState): NumberStep => ({ next, taken: true, told: null });
  if (key.type === 'kind') return go({ state: 'typing', kind: key.kind, digits: '' });
  if (state.state === 'resting') {
    if (key.type !== 'digit') return { next: resting, taken: false, told: null };
    // No number begins with 0; the key is taken all the same, so that it never means something else now and then.
    return go(key.digit === 0 ? resting : { state: 'typing', kind: 'camera', digits: String(key.digit) });
  }
  const { kind, digits } = state;
  switch (key.type) {
    case 'digit': {
      const leadingZero = digits === '' && key.digit === 0;
      return go(
        leadingZero || digits.length >= mostDigits[kind] ? state : { state: 'typing', kind, digits: `${digits}${key.digit}` },
      );
    }
    case 'backspace': {
      const left = digits.slice(0, -1);
      return go(digits === '' || (kind === 'camera' && left === '') ? resting : { state: 'typing', kind, digits: left });
    }
    case 'enter':
      return digits === '' ? go(state) : { next: resting, taken: true, told: { kind, number: Number(digits) } };
    case 'escape':
      return go(resting);
    case 'pause':
    case 'other':
      return { next: resting, taken: false, told: null };
  }
}

const kindOfCode: Readonly<Record<string, Exclude<NumberKind, 'camera'>>> = { KeyT: 'tile', KeyS: 'scene', KeyP: 'preset' };

/**
 * The grammar's key for a place on the keyboard. By `code`, not by `key`: an Urdu or Pashto layout writes ۱ where the key says 1,
 * and a number pad without Num Lock writes End. With Ctrl, Alt, Shift or Meta a key is another one.
 */
export function numberKey(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>): NumberKey {
  if (event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return { type: 'other' };
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined) return { type: 'digit', digit: Number(digit) };
  const kind = kindOfCode[event.code];
  if (kind !== undefined) return { type: 'kind', kind };
  if (event.code === 'Enter' || event.code === 'NumpadEnter') return { type: 'enter' };
  if (event.code === 'Backspace') return { type: 'backspace' };
  return event.code === 'Escape' ? { type: 'escape' } : { type: 'other' };
}

/** The codes that always begin or continue a number: no command may have them without Ctrl or Alt. */
export const numberCodes: readonly string[] = [
  ...Array.from({ length: 10 }, (_, digit) => [`Digit${digit}`, `Numpad${digit}`]).flat(),
  ...Object.keys(kindOfCode),
];
