import type { SessionWish, WishAnswer } from '../../core/streams/session-wish.ts';

/** What the open sessions of a window are to show. */
export interface SessionWishes {
  /**
   * Resolves to the other side's word; rejects where that was not to be had. What is asked in one task goes out together, and what is asked while a
   * question is out goes with the next one: a scene is one question, and a newer wish never overtakes an older one.
   */
  ask(wish: SessionWish): Promise<WishAnswer>;
}

interface Waiting {
  readonly wish: SessionWish;
  resolve(answer: WishAnswer): void;
  reject(error: unknown): void;
}

export function createSessionWishes(send: (wishes: readonly SessionWish[]) => Promise<readonly WishAnswer[]>): SessionWishes {
  const waiting = new Map<string, Waiting>();
  let asking = false;

  async function run(): Promise<void> {
    // What else this task wants comes along.
    await Promise.resolve();
    while (waiting.size > 0) {
      const all = [...waiting.values()];
      waiting.clear();
      try {
        const answers = await send(all.map(({ wish }) => wish));
        for (const [index, one] of all.entries()) one.resolve(answers[index] ?? { what: 'awaited' });
      } catch (error) {
        for (const one of all) one.reject(error);
      }
    }
    asking = false;
  }

  return {
    ask(wish) {
      return new Promise((resolve, reject) => {
        // An older one that has not even left is worth nothing now.
        waiting.get(wish.session)?.resolve({ what: 'awaited' });
        waiting.set(wish.session, { wish, resolve, reject });
        if (asking) return;
        asking = true;
        void run();
      });
    },
  };
}
