import { expect, it } from 'vitest';
import type { Session } from '../../core/rpc/handlers.ts';
import type { DecoderQuestion } from '../../core/streams/decoder-question.ts';
import { createDecoderAnswers } from '../../main/features/streams/decoder-answers.ts';
import { seatOf } from '../incidents/incident-set-up.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const question = (more: Partial<DecoderQuestion> = {}): DecoderQuestion => ({
  ...{ browser: 'Chromium 156', contentType: 'video/H264', width: 640, height: 360, lost: false },
  ...more,
});
const windowOn = (displayId: string): Session => ({
  ...{ id: displayId, seat: seatOf(1), displayId, windowKind: 'wall', ended: new AbortController().signal },
});
const [left, right, third] = [windowOn('left'), windowOn('right'), windowOn('third')];

function setUp() {
  const clock = createFakeClock();
  const answers = createDecoderAnswers(clock);
  /** The ticket a window was given that is to ask. */
  const toldToAsk = async (session: Session, more: Partial<DecoderQuestion> = {}) => {
    const answer = await answers.answer(question(more), session);
    return answer.what === 'ask' ? answer.ticket : null;
  };
  return { clock, answers, toldToAsk };
}
const known = (decoder: string) => ({ what: 'known', decoder });

it('has one of two windows ask, and gives the other what it was told, whether it comes meanwhile or later', async () => {
  const { answers, toldToAsk } = setUp();
  const ticket = (await toldToAsk(left)) ?? 0;
  const meanwhile = answers.answer(question(), right);
  answers.found(ticket, 'hardware', left);
  expect(await meanwhile).toEqual(known('hardware'));
  expect(await answers.answer(question(), third)).toEqual(known('hardware'));
});

it('has the next window ask where the one that was told to has ended, or does not tell for two seconds', async () => {
  const { answers, clock, toldToAsk } = setUp();
  await toldToAsk(left);
  const second = answers.answer(question(), right);
  const last = answers.answer(question(), third);
  answers.sessionEnded(left);
  expect(await second).toMatchObject({ what: 'ask' });
  clock.pass(2_000);
  const turn = await last;
  expect(turn).toMatchObject({ what: 'ask' });
  answers.found(turn.what === 'ask' ? turn.ticket : 0, 'software', third);
  expect(await answers.answer(question(), right)).toEqual(known('software'));
  expect(clock.waiting()).toBe(0);
});

it('takes an answer from nobody but the window that was told to ask', async () => {
  const { answers, toldToAsk } = setUp();
  const ticket = (await toldToAsk(left)) ?? 0;
  answers.found(ticket, 'hardware', right);
  answers.found(ticket + 1, 'hardware', left);
  const waits = answers.answer(question(), third);
  answers.found(ticket, 'software', left);
  expect(await waits).toEqual(known('software'));
});

it('has each kind of picture asked for, and each browser', async () => {
  const { answers, toldToAsk } = setUp();
  answers.found((await toldToAsk(left)) ?? 0, 'hardware', left);
  for (const other of [{ width: 1_280 }, { contentType: 'video/H265' }, { browser: 'Firefox' }]) {
    expect(await toldToAsk(right, other)).not.toBeNull();
  }
  // A browser that somebody opened at the printed address has the same name and may have other decoders.
  expect(await toldToAsk(windowOn('wall'))).not.toBeNull();
});

it('has the window ask anew whose GPU process died, and believes nothing that was asked before', async () => {
  const { answers, toldToAsk } = setUp();
  answers.found((await toldToAsk(left)) ?? 0, 'hardware', left);
  const onItsWay = (await toldToAsk(left, { width: 1_280 })) ?? 0;
  const after = await toldToAsk(right, { lost: true });
  expect(after).not.toBeNull();
  answers.found(onItsWay, 'hardware', left);
  answers.found(after ?? 0, 'software', right);
  expect(await answers.answer(question(), left)).toEqual(known('software'));
  expect(await toldToAsk(third, { width: 1_280 })).not.toBeNull();
});

it('keeps a bounded number of answers, and lets a window ask by itself rather than wait behind too many', async () => {
  const { answers, clock, toldToAsk } = setUp();
  for (let width = 1; width <= 1_000; width += 1) answers.found((await toldToAsk(left, { width })) ?? 0, 'software', left);
  expect(await toldToAsk(right, { width: 1 })).not.toBeNull();
  expect(await toldToAsk(right, { width: 1_000 })).toBeNull();
  for (let width = 2_001; width <= 3_000; width += 1) void answers.answer(question({ width }), left);
  expect(clock.waiting()).toBeLessThanOrEqual(64);
  const waiting = Array.from({ length: 64 }, () => answers.answer(question({ width: 3_000 }), right));
  expect(await toldToAsk(third, { width: 3_000 })).not.toBeNull();
  answers.close();
  expect(clock.waiting()).toBe(0);
  expect(waiting).toHaveLength(64);
});
