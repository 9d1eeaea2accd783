import { describe, expect, it } from 'vitest';
import { markCount, type SessionWish, type WishAnswer } from '../../core/streams/session-wish.ts';
import { createSessionMarks } from '../../renderer/media/session-marks.ts';
import { createSessionWishes } from '../../renderer/media/session-wishes.ts';

const wish = (session: string, mark = 1): SessionWish => ({ session, show: null, mark });

/** What went out, question by question, each answered by the test. */
function start() {
  const questions: { wishes: string[]; answer(all: readonly WishAnswer[]): void; fail(error: Error): void }[] = [];
  const wishes = createSessionWishes(
    (all) =>
      new Promise((resolve, reject) => {
        questions.push({ wishes: all.map(({ session, mark }) => `${session} ${mark}`), answer: resolve, fail: reject });
      }),
  );
  return { wishes, questions };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('what open sessions are to show', () => {
  it('goes out together where it is asked for in one task, and meanwhile waits for the answer', async () => {
    const { wishes, questions } = start();
    const first = [wishes.ask(wish('a')), wishes.ask(wish('b'))];
    await turn();
    const later = [wishes.ask(wish('c')), wishes.ask(wish('a', 2))];
    await turn();
    expect(questions.map((each) => each.wishes)).toEqual([['a 1', 'b 1']]);
    questions[0]?.answer([{ what: 'shown' }, { what: 'awaited' }]);
    expect(await Promise.all(first)).toEqual([{ what: 'shown' }, { what: 'awaited' }]);
    await turn();
    expect(questions[1]?.wishes).toEqual(['c 1', 'a 2']);
    questions[1]?.answer([{ what: 'shown' }, { what: 'shown' }]);
    await Promise.all(later);
    void wishes.ask(wish('d'));
    await turn();
    expect(questions[2]?.wishes).toEqual(['d 1']);
  });

  it('does not ask for what is not wanted any more before it could be asked', async () => {
    const { wishes, questions } = start();
    const older = wishes.ask(wish('a', 1));
    const newer = wishes.ask(wish('a', 2));
    await turn();
    expect(questions.map((each) => each.wishes)).toEqual([['a 2']]);
    expect(await older).toEqual({ what: 'awaited' });
    questions[0]?.answer([{ what: 'shown' }]);
    expect(await newer).toEqual({ what: 'shown' });
  });

  it('fails together and goes on with the next', async () => {
    const { wishes, questions } = start();
    const first = wishes.ask(wish('a'));
    await turn();
    const second = wishes.ask(wish('b'));
    questions[0]?.fail(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await turn();
    questions[1]?.answer([{ what: 'shown' }]);
    expect(await second).toEqual({ what: 'shown' });
  });
});

describe('the marks of a session', () => {
  it('are the same for the same wish, another one for another, and never that on the glass', () => {
    const marks = createSessionMarks('/whep/a/main');
    expect([marks.next('/whep/b/main', 0), marks.next('/whep/b/main', 0), marks.next(null, 0)]).toEqual([1, 1, 2]);
    const given = Array.from({ length: 3 * markCount }, (_, index) => marks.next(`/whep/${index}/main`, 5));
    expect(given).not.toContain(5);
    for (const mark of given) expect(mark).toBeLessThan(markCount);
    for (const [index, mark] of given.entries()) expect(mark).not.toBe(given[index + 1]);
  });
});
