import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { openOneCameraWall } from '../support/footage/one-camera-wall.ts';
import { cleanLink, type LinkRules } from '../support/relay/link.ts';
import { sendThroughRelay } from '../support/relay/page-through-relay.ts';
import { createUdpRelay, type UdpRelay } from '../support/relay/udp-relay.ts';
import { until } from '../support/until.ts';
import { noteVerdicts } from '../support/verdict-notes.ts';
import type { WallDriver } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
let relay: UdpRelay;
let wall: WallDriver;
beforeAll(async () => {
  wall = await openOneCameraWall(ends);
  relay = createUdpRelay({ clock: systemClock, seed: 23 });
  ends.push(() => relay.close());
  await sendThroughRelay(wall.page, relay);
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
beforeEach(async () => {
  relay.change(cleanLink);
  await wall.page.reload();
  await wall.page.locator('[data-tile="0"][data-verdict="live"]').waitFor({ timeout: 60_000 });
  await wall.waitForPictures(0, 15);
});

/**
 * Waits until a good link became such a one and sixty pictures came by it while nothing but live was said. Where this machine itself stops for a moment
 * the tile rightly says so: then the next time counts. A tile that takes the link's habits for a stop does so each time.
 */
const staysLive = (rules: Partial<LinkRules>) =>
  until(
    'the tile says nothing but live',
    async () => {
      relay.change(cleanLink);
      await wall.waitForPictures(0, 15);
      const verdicts = await noteVerdicts(wall.page, 0);
      relay.change(rules);
      await wall.waitForPictures(0, 60);
      return (await verdicts.seen()).join() === 'live';
    },
    60_000,
  );

describe('what a tile says of a link', () => {
  it.each<[string, Partial<LinkRules>]>([
    ['loses one packet in twenty', { loss: 0.05 }],
    ['takes 200 ms', { delayMs: 200 }],
    ['takes now more, now less', { delayMs: 40, jitterMs: 80 }],
    ['mixes up the order of packets', { reorder: { share: 0.05, byMs: 40 } }],
  ])('that %s: live, for its pictures go on', async (_what, rules) => {
    // A delay that begins is a gap as long as itself, which is no stop.
    await staysLive(rules);
  });

  it('that loses whole bursts: stalled where pictures stop, and never live without one', async () => {
    relay.change({ burst: { share: 0.02, meanPackets: 400 } });
    await wall.waitForTile(0, 'stalled', 'retrying');
    relay.change(cleanLink);
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 30);
  });

  it('that grows by two seconds: late, by how much, and live when it is well', async () => {
    relay.change({ delayMs: 2_000 });
    await until('it is late', async () => /Late [12] s/.test(await wall.tileWords(0)), 60_000);
    relay.change(cleanLink);
    await expect.poll(() => wall.page.locator('[data-tile="0"]').getAttribute('data-verdict'), { timeout: 60_000 }).toBe('live');
  });

  it('that is cut: stalled, then the network is at fault, and live once it is whole', async () => {
    const verdicts = await noteVerdicts(wall.page, 0);
    const blamed = wall.page.getByText('The gateway does not answer.');
    await wall.page.locator('[data-tile="0"]').click();
    relay.cut();
    await wall.waitForTile(0, 'stalled', 'retrying');
    await expect.poll(async () => (await verdicts.seen()).find((verdict) => verdict !== 'live')).toBe('stalled');
    const panel = wall.page.locator('[data-selected-tile]');
    await until('the network is at fault', async () => (await panel.innerText()).includes('At fault: Network'), 60_000);
    // The gateway answers when it is asked for another connection, over which nothing comes either.
    const asked = wall.page.locator('[data-tile="0"][data-state="opening"]');
    const words = 'The network to the gateway seems to be cut.';
    await until('the tile says so, too', async () => (await asked.getByText(words).count()) === 1, 60_000);
    expect(await blamed.count()).toBe(0);
    relay.heal();
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 30);
  });
});
