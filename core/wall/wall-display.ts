/** A display as the wall needs to know it: one that shows tiles, connected or missing. */
export interface WallDisplay {
  readonly id: string;
  /** In pixels of any kind: only their ratio matters. */
  readonly width: number;
  readonly height: number;
  /** Whose content it shows now: its own id, or that of a missing display; null while it is missing itself. */
  readonly contentOf: string | null;
  /** It is missing, and nothing else stands in its place: what it showed waits for it. */
  readonly waits: boolean;
}
