/** Why something cannot be kept or read back. */
export type StoreProblemCode =
  | 'in-use'
  | 'not-a-folder'
  | 'not-writable'
  | 'full'
  | 'newer'
  | 'damaged'
  | 'foreign'
  | 'bad-key'
  | 'bad-value'
  | 'too-large'
  | 'closed'
  | 'failed'
  /** Its passphrase was not entered. */
  | 'locked'
  /** Others may read it. */
  | 'exposed';

/** A store's refusal. `message` is written for the person in front of the screen, and carries no secret. */
export class StoreProblem extends Error {
  readonly code: StoreProblemCode;
  constructor(code: StoreProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreProblem';
    this.code = code;
  }
}
