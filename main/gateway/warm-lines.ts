import type { StreamName } from '../../core/cameras/camera.ts';
import type { Clock } from '../ports/clock.ts';
import type { SourceLines } from './source-lines.ts';

/** So many windows at once may have lines held; more are told that theirs are not. */
export const mostHolders = 64;

/** Lines that are held open for windows which are about to show them. */
export interface WarmLines {
  /**
   * Holds these for `keepMs`, in place of what was held for the same holder; whether each is. What is named again is held without a break.
   */
  hold(
    holder: string,
    lines: readonly { readonly camera: string; readonly stream: StreamName }[],
    keepMs: number,
  ): readonly boolean[];
  close(): void;
}

export function createWarmLines({ clock, lines }: { clock: Clock; lines: Pick<SourceLines, 'find'> }): WarmLines {
  const held = new Map<string, () => void>();
  const letGo = (holder: string): void => {
    const release = held.get(holder);
    held.delete(holder);
    release?.();
  };
  return {
    hold(holder, wanted, keepMs) {
      if (!held.has(holder) && held.size >= mostHolders) return wanted.map(() => false);
      const found = wanted.map(({ camera, stream }) => lines.find(camera, stream));
      const releases = found.map((line) => line?.hold() ?? (() => {}));
      letGo(holder);
      if (wanted.length > 0) {
        const stopTimer = clock.after(keepMs, () => letGo(holder));
        held.set(holder, () => {
          stopTimer();
          for (const release of releases) release();
        });
      }
      return found.map((line) => line !== null);
    },
    close() {
      for (const holder of [...held.keys()]) letGo(holder);
    },
  };
}
