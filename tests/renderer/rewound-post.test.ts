import { expect, it } from 'vitest';
import { nothingRewound } from '../../renderer/media/rewind-player.ts';
import type { RewoundFact } from '../../renderer/media/rewind-messages.ts';
import { createRewoundPost } from '../../renderer/media/rewound-post.ts';

/** Pictures by their number, and how many of them nobody has closed. */
function start() {
  const sent: [number | null, number | null][] = [];
  const open = new Set<object>();
  const frame = (of: number): VideoFrame & { of: number } => {
    const own = { of, clone: () => frame(of), close: () => void open.delete(own) };
    open.add(own);
    return own as unknown as VideoFrame & { of: number };
  };
  const post = createRewoundPost((picture, { sequence }) =>
    sent.push([(picture as unknown as { of: number } | null)?.of ?? null, sequence]),
  );
  const fact = (sequence: number): RewoundFact => ({ ...nothingRewound, sequence });
  return {
    ...{ post, sent, open, fact },
    /** As a player does: it closes its frame when it was drawn. */
    draw(of: number) {
      const own = frame(of);
      post.draw(own, fact(of));
      own.close();
    },
  };
}

it('a busy page gets one picture at a time, then the newest, each with what is said of it', () => {
  const { post, sent, open, draw, fact } = start();
  for (const of of [1, 2, 3]) draw(of);
  post.tell({ ...fact(3), gapMs: 2_000 });
  expect(sent).toEqual([[1, 1]]);
  post.taken();
  expect(sent.at(-1)).toEqual([3, 3]);
  post.taken();
  post.tell(fact(3));
  draw(4);
  expect(sent.slice(2)).toEqual([
    [null, 3],
    [4, 4],
  ]);
  expect(open.size).toBe(0);
});

it('what waits is let go of where nobody looks any more', () => {
  const { post, sent, open, draw, fact } = start();
  draw(1);
  draw(2);
  post.close();
  post.taken();
  draw(3);
  post.tell(fact(3));
  expect(sent).toEqual([[1, 1]]);
  expect(open.size).toBe(0);
});
