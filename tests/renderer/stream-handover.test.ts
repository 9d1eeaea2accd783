import { describe, expect, it } from 'vitest';
import { createHandover } from '../../renderer/media/stream-handover.ts';
import type { Successor } from '../../renderer/media/stream-successor.ts';
import { until } from '../support/until.ts';
import { pretendGateway } from './successor-gateway.ts';

/** What a handover did with the connections of a pretended gateway. */
function gateway() {
  const pretended = pretendGateway();
  const taken: Successor[] = [];
  const { whep, openPeer } = pretended;
  const handover = createHandover({ path: '/whep/a/sub', whep, openPeer, take: (successor) => taken.push(successor) });
  return { ...pretended, handover, taken };
}

describe('going over to another stream', () => {
  it('keeps the present one until the other has a picture', async () => {
    const { handover, taken, asked, decode } = gateway();
    handover.look(true);
    handover.change('/whep/a/main');
    await until('the other one is asked for', () => asked.length === 1);
    expect([taken.length, handover.shown(), handover.wanted()]).toEqual([0, '/whep/a/sub', '/whep/a/main']);
    decode();
    await until('it is taken', () => taken.length === 1);
    expect([handover.shown(), asked]).toEqual(['/whep/a/main', ['/whep/a/main']]);
  });

  it('leaves what it had begun when the tile changes its mind, and takes nothing', async () => {
    const { handover, taken, asked, decode, closed } = gateway();
    handover.look(true);
    handover.change('/whep/a/main');
    await until('the other one is asked for', () => asked.length === 1);
    handover.change('/whep/a/sub');
    decode();
    await until('the second connection is left', () => closed().peers === 1 && closed().sessions === 1);
    expect([taken.length, handover.shown()]).toEqual([0, '/whep/a/sub']);
  });

  it('does nothing while there is no live picture, and begins when there is', async () => {
    const { handover, taken, asked, decode } = gateway();
    decode();
    handover.change('/whep/a/main');
    expect(asked).toEqual([]);
    handover.look(true);
    await until('it is taken', () => taken.length === 1);
  });

  it('has nothing to do where the next connection was opened on the wanted path anyway', () => {
    const { handover, asked } = gateway();
    handover.change('/whep/a/main');
    handover.opened('/whep/a/main');
    handover.look(true);
    expect([asked, handover.shown()]).toEqual([[], '/whep/a/main']);
  });

  it('keeps the present stream where the other is refused, and leaves nothing open', async () => {
    const { handover, taken, asked, refuse, closed } = gateway();
    refuse();
    handover.look(true);
    handover.change('/whep/a/main');
    await until('the refused connection is closed', () => closed().peers === 1);
    expect([taken.length, asked.length, handover.shown()]).toEqual([0, 1, '/whep/a/sub']);
    handover.close();
  });
});
