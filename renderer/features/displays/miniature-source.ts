import type { ByAddress } from '../../media/by-address.ts';
import type { DisplaysClient } from './displays-client.ts';

/** A display's newest miniature as an address of this page, and when main got it (UTC, ms). */
export interface Miniature {
  readonly url: string;
  readonly atUtcMs: number;
}

/** Follows the miniatures of displays somebody looks at: each is fetched once, whoever shows it. */
export interface MiniatureSource {
  /** Tells the present one at once, if there is one, and then each new one; returns the way to stop. */
  watch(displayId: string, listener: (miniature: Miniature) => void): () => void;
  close(): void;
}

interface Followed {
  readonly listeners: Set<(miniature: Miniature) => void>;
  shown: Miniature | null;
  shownRevision: number | null;
  fetching: boolean;
}

export function createMiniatureSource(client: DisplaysClient, byAddress: ByAddress): MiniatureSource {
  const closing = new AbortController();
  const displays = new Map<string, Followed>();
  let heads = new Map<string, { readonly revision: number; readonly atUtcMs: number }>();

  async function follow(displayId: string): Promise<void> {
    const display = displays.get(displayId);
    const head = heads.get(displayId);
    if (!display || !head || display.fetching || display.shownRevision === head.revision) return;
    display.fetching = true;
    try {
      const path = `/miniatures/${encodeURIComponent(displayId)}?revision=${head.revision}`;
      const picture = await (await byAddress.get(path, closing.signal)).blob();
      if (closing.signal.aborted || displays.get(displayId) !== display) return;
      const before = display.shown;
      display.shown = { url: URL.createObjectURL(picture), atUtcMs: head.atUtcMs };
      for (const listener of display.listeners) listener(display.shown);
      // Those who show the old one have its picture already.
      if (before) URL.revokeObjectURL(before.url);
    } catch {
      // The next revision, a second later, is another chance; the old miniature says its age meanwhile.
    } finally {
      display.shownRevision = head.revision;
      display.fetching = false;
    }
    void follow(displayId);
  }

  function leave(displayId: string, display: Followed): void {
    displays.delete(displayId);
    if (display.shown) URL.revokeObjectURL(display.shown.url);
  }

  const stop = client.watch('displays.miniatures', (next) => {
    heads = new Map(next.map(({ displayId, revision, atUtcMs }) => [displayId, { revision, atUtcMs }]));
    for (const displayId of displays.keys()) void follow(displayId);
  });

  return {
    watch(displayId, listener) {
      const own = (miniature: Miniature) => listener(miniature);
      const display = displays.get(displayId) ?? { listeners: new Set(), shown: null, shownRevision: null, fetching: false };
      displays.set(displayId, display);
      display.listeners.add(own);
      if (display.shown) own(display.shown);
      void follow(displayId);
      return () => {
        display.listeners.delete(own);
        if (display.listeners.size === 0 && displays.get(displayId) === display) leave(displayId, display);
      };
    },
    close() {
      closing.abort();
      stop();
      for (const [displayId, display] of displays) leave(displayId, display);
    },
  };
}
