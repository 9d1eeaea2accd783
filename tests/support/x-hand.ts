import { connectX, type XServer } from './x-connection.ts';

/** A hand on keyboard and mouse of an X server: what it does goes through server, window manager and browser as a person's does. */
export interface XHand {
  /** Presses keys together, in this order, and releases them. Names are those of `KeyboardEvent.code`. */
  press(...codes: readonly string[]): Promise<void>;
  /** Holds keys down together while `during` goes on, and releases them. */
  hold(codes: readonly string[], during: () => Promise<unknown>): Promise<void>;
  /** Moves the pointer to this pixel of the desktop. */
  move(x: number, y: number): Promise<void>;
  click(x: number, y: number): Promise<void>;
  /** Presses the button at one pixel, carries it to another in steps, and lets it go there. */
  drag(from: Place, to: Place): Promise<void>;
  close(): void;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Linux's codes of keys (input-event-codes.h); X adds 8. */
const keys: Readonly<Record<string, number>> = {
  Escape: 1,
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit, index) => [`Digit${digit}`, 2 + index])),
  KeyT: 20,
  KeyI: 23,
  Enter: 28,
  ControlLeft: 29,
  KeyS: 31,
  KeyK: 37,
  Slash: 53,
  ShiftLeft: 42,
  AltLeft: 56,
  F11: 87,
};
const [keyPress, keyRelease, buttonPress, buttonRelease, motion] = [2, 3, 4, 5, 6];
const [getInputFocus, fakeInput] = [43, 2];

/** Connects to the X server of `env` and asks for its XTEST extension. Rejects where either is not there. */
export async function xHand(env: XServer): Promise<XHand> {
  const connection = await connectX(env);
  const { read } = connection;
  const major = await connection.extension('XTEST');

  /** Resolves when the server has done it. */
  async function fake(type: number, detail: number, { x, y }: Place = { x: 0, y: 0 }): Promise<void> {
    const request = Buffer.alloc(36);
    request.set([major, fakeInput, 9, 0, type, detail]);
    request.writeInt16LE(x, 24);
    request.writeInt16LE(y, 26);
    connection.write(request, Buffer.from([getInputFocus, 0, 1, 0]));
    await read(32);
  }
  function keyOf(code: string): number {
    const key = keys[code];
    if (key === undefined) throw new Error(`this hand does not know the key ${code}`);
    return key + 8;
  }
  async function hold(codes: readonly string[], during: () => Promise<unknown>): Promise<void> {
    for (const code of codes) await fake(keyPress, keyOf(code));
    try {
      await during();
    } finally {
      for (const code of codes.toReversed()) await fake(keyRelease, keyOf(code));
    }
  }
  const move = (x: number, y: number) => fake(motion, 0, { x: Math.round(x), y: Math.round(y) });
  return {
    async press(...codes) {
      await hold(codes, async () => {});
      // A key that goes down in the very millisecond in which it came up is one that was held, to an X client.
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    hold,
    move,
    async click(x, y) {
      await move(x, y);
      await fake(buttonPress, 1);
      await fake(buttonRelease, 1);
    },
    async drag(from, to) {
      await move(from.x, from.y);
      await fake(buttonPress, 1);
      // A browser takes a movement for a drag only after some pixels, and tells the page of it picture by picture.
      for (let step = 1; step <= 24; step += 1) {
        const along = (one: number, other: number) => one + ((other - one) * step) / 24;
        await move(along(from.x, to.x), along(from.y, to.y));
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      await fake(buttonRelease, 1);
    },
    close: connection.close,
  };
}
