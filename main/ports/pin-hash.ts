/** Turns a PIN into what may lie on a disk, and tells whether another one is the same. Both take a tenth of a second or so on purpose. */
export interface PinHash {
  hash(pin: string): Promise<string>;
  /** False also where `hash` is not one that this version understands. */
  matches(hash: string, pin: string): Promise<boolean>;
}
