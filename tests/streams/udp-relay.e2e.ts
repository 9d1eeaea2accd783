import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../main/ports/clock.ts';
import { openOneCameraWall } from '../support/footage/one-camera-wall.ts';
import { sendThroughRelay } from '../support/relay/page-through-relay.ts';
import { createUdpRelay } from '../support/relay/udp-relay.ts';
import { until } from '../support/until.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Keeps the page's connections, so that their statistics can be asked. */
const keepPeers = `(() => {
  const Own = RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Own { constructor(...args) { super(...args); peers.push(this); } };
})()`;

const inboundSchema = z.object({ packetsLost: z.number(), nackCount: z.number(), packetsReceived: z.number() });

/** What the page's connection that receives most says of that; a calm window keeps others ready that receive nothing. */
async function inbound(page: Page) {
  const stats: unknown = await page.evaluate(`(async () => {
    const reports = (await Promise.all(peers.map((peer) => peer.getStats()))).flatMap((report) => [...report.values()]);
    const received = reports.filter(({ type }) => type === 'inbound-rtp').sort((a, b) => b.packetsReceived - a.packetsReceived);
    const { packetsLost, nackCount, packetsReceived } = received[0];
    return { packetsLost, nackCount, packetsReceived };
  })()`);
  return inboundSchema.parse(stats);
}

describe('a link between gateway and window', () => {
  it('that loses packets is seen as such, cut it is a stalled tile, and healed it is live again', async () => {
    const wall = await openOneCameraWall(ends);
    const relay = createUdpRelay({ clock: systemClock, seed: 11 });
    ends.push(() => relay.close());
    await wall.page.addInitScript(keepPeers);
    await sendThroughRelay(wall.page, relay);
    await wall.page.reload();
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 15);
    const before = await inbound(wall.page);
    // All that the page has received came by the relay.
    expect(relay.toViewer().came).toBeGreaterThanOrEqual(before.packetsReceived);

    // With the delay a packet that is sent again is missing long enough to be seen missing.
    relay.change({ loss: 0.1, delayMs: 100 });
    await until('the page misses packets, and asks for them', async () => {
      const now = await inbound(wall.page);
      return now.packetsLost > before.packetsLost && now.nackCount > before.nackCount;
    });
    await wall.waitForPictures(0, 30);

    relay.change({ loss: 0, delayMs: 0 });
    relay.cut();
    await wall.waitForTile(0, 'stalled', 'retrying');
    relay.heal();
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 15);
  });
});
