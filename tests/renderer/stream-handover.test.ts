import { afterEach, describe, expect, it, vi } from 'vitest';
import { openKept } from '../../renderer/media/kept-peer.ts';
import { MediaProblem } from '../../renderer/media/media-problem.ts';
import { until } from '../support/until.ts';
import { closeHandovers, gateway, present, switching } from './handover-gateway.ts';

afterEach(closeHandovers);

describe('going over to another stream on a connection of its own', () => {
  it('keeps the present one until the other has a picture, and is there with that picture on the glass', async () => {
    const { handover, taken, asked, decode, present: picture } = gateway();
    handover.look('live');
    handover.change('/whep/a/main');
    await until('the other one is asked for', () => asked.length === 1);
    expect([taken.length, handover.shown(), handover.wanted()]).toEqual([0, '/whep/a/sub', '/whep/a/main']);
    decode();
    await until('it is taken', () => taken.length === 1);
    expect(handover.shown()).toBe('/whep/a/sub');
    picture(5);
    await until('it is shown', () => handover.shown() === '/whep/a/main');
    expect(asked).toEqual(['/whep/a/main']);
  });

  it('takes one that was opened beforehand instead of asking for another', async () => {
    const { handover, taken, asked, present: picture, prepare, openPeer } = gateway();
    const track = { kind: 'video' } as unknown as MediaStreamTrack;
    prepare({ peer: openKept(openPeer, null), session: present, track, close() {} });
    handover.look('live');
    handover.change('/whep/b/sub');
    picture(1);
    await until('it is shown', () => handover.shown() === '/whep/b/sub');
    expect([taken.length, asked]).toEqual([1, []]);
  });

  it('is what it does where the present one goes on without it, although that could show the other one', async () => {
    const { handover, taken, asked, decode, held } = gateway({ switches: true });
    held.add('/whep/a/sub');
    handover.look('live');
    handover.change('/whep/b/sub');
    await until('the other one is asked for', () => asked.length === 1);
    decode();
    await until('it is taken', () => taken.length === 1);
    expect(asked).toEqual(['/whep/b/sub']);
  });

  it('leaves what it had begun when the tile changes its mind, and takes nothing', async () => {
    const { handover, taken, asked, decode, closed } = gateway();
    handover.look('live');
    handover.change('/whep/a/main');
    await until('the other one is asked for', () => asked.length === 1);
    handover.change('/whep/a/sub');
    decode();
    await until('the second connection is left', () => closed().peers === 1 && closed().sessions === 1);
    expect([taken.length, handover.shown()]).toEqual([0, '/whep/a/sub']);
  });

  it('opens the shown one anew beside itself, and keeps the present connection where that fails', async () => {
    const { handover, taken, asked, decode, refuse } = gateway();
    expect(handover.renew()).toBe(false);
    handover.look('live');
    refuse();
    expect(handover.renew()).toBe(true);
    await until('it was refused', () => asked.length === 1);
    refuse(null);
    await until('it may be asked again', () => handover.renew());
    decode();
    await until('the new connection is taken', () => taken.length === 1);
    expect([asked, handover.shown(), handover.trouble()]).toEqual([['/whep/a/sub', '/whep/a/sub'], '/whep/a/sub', null]);
  });

  it('does nothing while there is no live picture, and begins when there is', async () => {
    const { handover, taken, asked, decode } = gateway();
    decode();
    handover.change('/whep/a/main');
    expect(asked).toEqual([]);
    handover.look('live');
    await until('it is taken', () => taken.length === 1);
  });

  it('has nothing to do where the next connection was opened on the wanted path anyway', () => {
    const { handover, asked } = gateway();
    handover.change('/whep/a/main');
    handover.opened('/whep/a/main');
    handover.look('live');
    expect([asked, handover.shown()]).toEqual([[], '/whep/a/main']);
  });

  it('keeps the present stream where the other is refused, says why, and leaves nothing open', async () => {
    const { handover, taken, asked, refuse, closed } = gateway();
    refuse(new MediaProblem('gateway-busy'));
    handover.look('live');
    handover.change('/whep/a/main');
    await until('the refused connection is closed', () => closed().peers === 1);
    await until('the trouble is told', () => handover.trouble() === 'gateway-busy');
    expect([taken.length, asked.length, handover.shown()]).toEqual([0, 1, '/whep/a/sub']);
    handover.change('/whep/a/sub');
    expect(handover.trouble()).toBeNull();
  });
});

describe('going over to another stream in the open session', () => {
  it('is there with its first picture and not with the answer, and asks once', async () => {
    const { handover, question, questions, asked, changes, present: picture, watched } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer('shown');
    picture(0);
    await Promise.resolve();
    expect(handover.shown()).toBe('/whep/a/sub');
    picture(1);
    expect(handover.shown()).toBe('/whep/b/sub');
    await until('pictures are not followed any more', () => watched() === 0);
    expect([questions.map(({ path }) => path), asked]).toEqual([['/whep/b/sub'], []]);
    expect(changes.slice(0, 2)).toEqual(['/whep/a/sub', '/whep/b/sub']);
  });

  it('needs no more than one question although the other one is there only later', async () => {
    const { handover, question, questions, present: picture, watched } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer('awaited');
    await Promise.resolve();
    picture(0);
    picture(1);
    expect(handover.shown()).toBe('/whep/b/sub');
    await until('it is over', () => watched() === 0);
    expect(questions).toHaveLength(1);
  });

  it('asks again in a while, so that it stays wanted, and at once when it is told that the other one has pictures', async () => {
    vi.useFakeTimers();
    try {
      const { handover, questions } = switching();
      handover.look('live');
      handover.change('/whep/b/sub');
      handover.hurry();
      expect(questions).toHaveLength(1);
      questions[0]?.answer('awaited');
      await vi.advanceTimersByTimeAsync(0);
      expect(questions).toHaveLength(1);
      handover.hurry();
      await vi.advanceTimersByTimeAsync(0);
      expect(questions).toHaveLength(2);
      questions[1]?.answer('awaited');
      await vi.advanceTimersByTimeAsync(2_000);
      expect(questions.map(({ path, mark }) => [path, mark])).toEqual([1, 2, 3].map(() => ['/whep/b/sub', 1]));
      handover.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('knows a picture of the other stream by its mark, before any answer', async () => {
    const { handover, question, present: picture, asked, changes } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    const first = await question(0);
    picture(0);
    expect(handover.shown()).toBe('/whep/a/sub');
    picture(1);
    expect([handover.shown(), changes.at(-1)]).toEqual(['/whep/b/sub', '/whep/b/sub']);
    first.answer('shown');
    handover.change('/whep/c/sub');
    const second = await question(1);
    picture(1);
    expect(handover.shown()).toBe('/whep/b/sub');
    picture(2);
    expect(handover.shown()).toBe('/whep/c/sub');
    // That the answer to it is lost changes nothing.
    second.answer(new MediaProblem('gateway-unreachable'));
    await until('it is over too', () => handover.trouble() === null);
    expect([handover.shown(), asked]).toEqual(['/whep/c/sub', []]);
  });

  it('puts a newer wish only after the older one was answered', async () => {
    const { handover, question, questions, present: picture } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    const first = await question(0);
    handover.change('/whep/c/sub');
    handover.change('/whep/d/sub');
    expect(questions).toHaveLength(1);
    first.answer('awaited');
    (await question(1)).answer('shown');
    picture(2);
    expect(handover.shown()).toBe('/whep/d/sub');
    expect(questions.map(({ path }) => path)).toEqual(['/whep/b/sub', '/whep/d/sub']);
  });

  it('names each picture that came on the way to a newer wish by what it is', async () => {
    const { handover, question, present: picture } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer('shown');
    handover.change('/whep/c/sub');
    const second = await question(1);
    picture(1);
    expect(handover.shown()).toBe('/whep/b/sub');
    second.answer('shown');
    picture(2);
    expect(handover.shown()).toBe('/whep/c/sub');
  });

  it('asks for the present one where it is wanted back, so that nothing else comes later', async () => {
    const { handover, question, present: picture, watched } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer('awaited');
    handover.change('/whep/a/sub');
    const back = await question(1);
    expect([back.path, back.mark]).toEqual(['/whep/a/sub', 2]);
    back.answer('shown');
    picture(2);
    await until('it is over', () => watched() === 0);
    handover.change('/whep/b/sub');
    expect((await question(2)).mark).toBe(3);
  });

  it('takes its wish back where it gives up, and follows the pictures until that is heard', async () => {
    const { handover, question, present: picture, watched, taken, decode } = switching();
    decode();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer(new MediaProblem('gateway-unreachable'));
    const back = await question(1);
    expect(back.path).toBe('/whep/a/sub');
    // The gateway was quicker.
    picture(1);
    expect(handover.shown()).toBe('/whep/b/sub');
    await until('a connection of its own is taken', () => taken.length === 1);
    picture(0);
    back.answer('shown');
    await until('nothing is followed any more', () => watched() === 0);
    expect(handover.shown()).toBe('/whep/b/sub');
  });

  it('goes on asking while the present picture stalls, and stops where the connection is lost', async () => {
    const { handover, question, questions, watched } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer('awaited');
    handover.look('dark');
    const second = await question(1);
    handover.look('none');
    second.answer('shown');
    await until('nothing is followed any more', () => watched() === 0);
    expect([questions.length, handover.shown()]).toEqual([2, '/whep/a/sub']);
  });

  it('waits for no picture where nobody can see one', async () => {
    const { handover, question, changes } = switching();
    handover.look('unseen');
    handover.change('/whep/b/sub');
    (await question(0)).answer('shown');
    await until('it counts as shown', () => handover.shown() === '/whep/b/sub');
    // And where nobody can see it any more while it is on its way.
    handover.look('live');
    handover.change('/whep/c/sub');
    (await question(1)).answer('shown');
    await Promise.resolve();
    handover.look('unseen');
    await until('it counts as shown too', () => handover.shown() === '/whep/c/sub');
    expect(changes.at(-1)).toBe('/whep/c/sub');
  });

  it.each(['codec-unsupported', 'unknown-session', 'gateway-unreachable'] as const)(
    'opens a connection of its own after %s',
    async (code) => {
      const { handover, question, asked, decode, present: picture, taken } = switching();
      decode();
      handover.look('live');
      handover.change('/whep/b/sub');
      (await question(0)).answer(new MediaProblem(code));
      await until('it is taken', () => taken.length === 1);
      picture(0);
      expect(handover.shown()).toBe('/whep/b/sub');
      expect(asked).toEqual(['/whep/b/sub']);
    },
  );

  it('says what is wrong with the other camera, and opens no connection for that', async () => {
    const { handover, question, asked } = switching();
    handover.look('live');
    handover.change('/whep/b/sub');
    (await question(0)).answer(new MediaProblem('camera-unreachable'));
    await until('the trouble is told', () => handover.trouble() === 'camera-unreachable');
    expect([asked, handover.shown()]).toEqual([[], '/whep/a/sub']);
  });
});
