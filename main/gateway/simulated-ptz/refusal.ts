/** A fault that a simulated camera answers with. */
export class Refusal extends Error {
  readonly subcode: string;
  constructor(subcode: string, reason: string) {
    super(reason);
    this.subcode = subcode;
  }
}
