import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openOneCameraWall } from '../support/footage/one-camera-wall.ts';
import { until } from '../support/until.ts';
import { noteVerdicts } from '../support/verdict-notes.ts';
import type { WallDriver } from '../support/wall-driver.ts';

/**
 * A page script: `showing()` tells which connections decode pictures, by the order in which they were made, and how long each one's pictures waited for
 * their turn lately (ms); `hold(number, ms)` has one of them wait little by little up to so long and never less again, whatever it is asked for.
 */
const peers = `(() => {
  const Own = RTCPeerConnection;
  const all = [];
  const before = new Map();
  window.RTCPeerConnection = class extends Own {
    constructor(...args) {
      super(...args);
      all.push(this);
    }
  };
  window.hold = (number, ms) => {
    const own = Object.getOwnPropertyDescriptor(RTCRtpReceiver.prototype, 'jitterBufferTarget');
    for (const receiver of all[number].getReceivers()) {
      let [asked, held] = [0, 0];
      const set = () => own.set.call(receiver, Math.max(asked, held));
      Object.defineProperty(receiver, 'jitterBufferTarget', { set: (next) => { asked = next ?? 0; set(); } });
      const grow = setInterval(() => {
        held += 50;
        set();
        if (held >= ms) clearInterval(grow);
      }, 500);
    }
  };
  window.showing = async () => {
    const told = [];
    for (const [number, peer] of all.entries()) {
      if (peer.connectionState !== 'connected') continue;
      for (const one of (await peer.getStats()).values()) {
        if (one.type !== 'inbound-rtp' || one.kind !== 'video') continue;
        const last = before.get(number) ?? { pictures: 0, seconds: 0 };
        const pictures = one.jitterBufferEmittedCount - last.pictures;
        if (pictures === 0) continue;
        told.push({ number, waitMs: 1000 * (one.jitterBufferDelay - last.seconds) / pictures });
        before.set(number, { pictures: one.jitterBufferEmittedCount, seconds: one.jitterBufferDelay });
      }
    }
    return told;
  };
})()`;
const showingSchema = z.array(z.object({ number: z.int(), waitMs: z.number() }));

const ends: (() => Promise<unknown>)[] = [];
let wall: WallDriver;
beforeAll(async () => {
  wall = await openOneCameraWall(ends);
  await wall.page.addInitScript(peers);
  await wall.page.reload();
  await wall.waitForTile(0, 'live');
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Far more than a busy PC may take off it: what decoding takes there, pictures wait the less before it. */
const heldMs = 900;

it('connects anew, in sight of nobody, where pictures wait longer than they have to and the link is well', async () => {
  const showing = async () => showingSchema.parse(await wall.page.evaluate('showing()'));
  const only = () =>
    until('one connection shows pictures', async () => {
      await wall.waitForPictures(0, 15);
      const [one, ...others] = await showing();
      return others.length === 0 ? one : undefined;
    });
  // What is counted while a connection opens says nothing.
  await wall.waitForPictures(0, 120);
  await only();
  const soon = async () => ((await only()).waitMs < heldMs / 2 ? only() : undefined);
  const well = await until('its pictures are shown soon', soon, 60_000);
  const verdicts = await noteVerdicts(wall.page, 0);
  await wall.page.evaluate(`hold(${well.number}, ${heldMs})`);
  await until('its pictures wait', async () => ((await only()).waitMs > heldMs / 2 ? true : undefined), 60_000);
  await until(
    'another connection shows them',
    async () => {
      const one = await soon();
      return one === undefined || one.number === well.number ? undefined : one;
    },
    // Nothing is cured while a busy PC has pictures freeze: that is another fault.
    420_000,
  );
  // A busy PC may hold up any picture, and its tile says so; it never goes dark.
  expect((await verdicts.seen()).filter((word) => word !== 'stalled' && word !== 'live')).toEqual([]);
}, 600_000);
