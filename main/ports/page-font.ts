/** A font for Urdu and Pashto that a page carries with it: where it is read, there may be none. */
export interface PageFont {
  readonly woff2: Uint8Array;
  /** Has to be given along with it. */
  readonly licence: string;
}
