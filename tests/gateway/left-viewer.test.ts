import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { chooseFormat } from '../../main/gateway/whep/choose-format.ts';
import { readOffer } from '../../main/gateway/whep/offer.ts';
import { createPeer, type PeerEvents } from '../../main/gateway/whep/peer.ts';
import { until } from '../support/until.ts';
import { plainOffer } from './support/offer.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What hears a peer stands for all a viewer has: the packets it may be asked for again. */
async function leave(): Promise<WeakRef<PeerEvents>> {
  const offer = readOffer(plainOffer);
  if (typeof offer === 'string') throw new Error(offer);
  const format = chooseFormat(offer.video, 'h264', null);
  if (format === null) throw new Error('no format');
  const events: PeerEvents = { onOpen() {}, onFeedback() {}, onEnd() {} };
  const identity = { ssrc: 7, payloadType: format.payloadType, cname: 'viewer' };
  const peer = await createPeer({ clock: systemClock, offer, format, identity, iceServers: [] }, events);
  peer.close();
  return new WeakRef(events);
}

test('a viewer that left is forgotten, although the library keeps the callbacks it was given', async () => {
  const left = await leave();
  await until('nobody holds the viewer', () => {
    collect();
    return left.deref() === undefined;
  });
  expect(left.deref()).toBeUndefined();
});
