/** All that differs between hosts: four functions over JSON text. */
export interface Transport {
  /** Resolves when the text has left this process's buffers (that is how a slow reader is noticed); rejects once closed. */
  send(text: string): Promise<void>;
  /** At most one listener; texts that came before it was set are delivered to it. */
  onText(listener: (text: string) => void): void;
  /** Called once; at once if already closed. */
  onClose(listener: () => void): void;
  close(): void;
}

/** What a preload puts on the window as `deedban`; the renderer's only way out besides its own origin. */
export interface Bridge {
  /** Opens a new pipe to main. Rejects where main cannot be reached now (`gone`) or refuses this window (`refused`). */
  connect(listeners: {
    onText(text: string): void;
    /** `refused`: main does not know this window any more, and a new try will not help. */
    onClose(reason: 'gone' | 'refused'): void;
  }): Promise<{ send(text: string): Promise<void>; close(): void }>;
}
