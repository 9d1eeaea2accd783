/** How a simulated camera misbehaves; all together is possible. */
export interface Behaviour {
  /** Each answer comes so late, ms; the order is carried out when it arrives. */
  readonly slowMs: number;
  /** Refuses every password. */
  readonly refuses: boolean;
  /** Answers every order with a fault. */
  readonly faults: boolean;
  readonly malformed: boolean;
  /** Knows no Stop (`ter:ActionNotSupported`). */
  readonly noStop: boolean;
  /** Refuses GetStatus. */
  readonly noStatus: boolean;
  /** Ends the connection in place of every answer; the order is carried out all the same. */
  readonly drops: boolean;
  /** Never answers. */
  readonly silent: boolean;
  /** An answer without an end. */
  readonly endless: boolean;
  readonly entityBomb: boolean;
  /** Sends us to another host. */
  readonly redirects: string | null;
  /** Wants HTTP digest and does not know WS-Security. */
  readonly httpDigest: boolean;
  /** Its clock is ahead of the real one by so much, ms. */
  readonly clockAheadMs: number;
  /** The names of its presets are all the same. */
  readonly equalPresetNames: boolean;
  /** Refuses to start a tour of its own. */
  readonly noTourStart: boolean;
  /** Cannot pause one. */
  readonly noTourPause: boolean;
  /** Moves on although the timeout of the move is over. */
  readonly ignoresTimeout: boolean;
}

export const goodBehaviour: Behaviour = {
  slowMs: 0,
  refuses: false,
  faults: false,
  malformed: false,
  noStop: false,
  noStatus: false,
  drops: false,
  silent: false,
  endless: false,
  entityBomb: false,
  redirects: null,
  httpDigest: false,
  clockAheadMs: 0,
  equalPresetNames: false,
  noTourStart: false,
  noTourPause: false,
  ignoresTimeout: false,
};
