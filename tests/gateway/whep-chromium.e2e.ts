import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ToGateway } from '../../main/gateway/control.ts';
import { createFeed, type Feed } from './support/feed.ts';
import { createLossyRelay } from './support/lossy-relay.ts';
import { openPlainPage, type PlainPage } from './support/plain-page.ts';
import { type ControlClient, connectControl, type RunningGateway, startGateway } from './support/running-gateway.ts';
import { type Recording, record } from './support/recording.ts';
import { markCount } from '../../core/streams/session-wish.ts';
import { until } from '../support/until.ts';

let recording: Recording;
let longGroups: Recording;
const closers: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  recording = await record({ seconds: 4, keyEverySeconds: 1 });
  longGroups = await record({ seconds: 20, keyEverySeconds: 20 });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => closers.splice(0));

async function feed(of: Recording = recording): Promise<Feed> {
  const made = await createFeed(of);
  closers.push(() => made.close());
  return made;
}

async function gateway(options: { orphanMs?: number } = {}): Promise<{ gateway: RunningGateway; control: ControlClient }> {
  const made = await startGateway(options);
  closers.push(() => made.close());
  const control = await made.connect();
  closers.push(() => control.close());
  return { gateway: made, control };
}

async function plainPage(): Promise<PlainPage> {
  const made = await openPlainPage();
  closers.push(() => made.close());
  return made;
}

function cameras(feeds: Readonly<Record<string, Feed>>): ToGateway {
  return {
    type: 'cameras',
    cameras: Object.entries(feeds).map(([id, { address }]) => ({ id, addresses: { main: address } })),
    last: true,
  };
}

async function open(
  page: PlainPage,
  running: RunningGateway,
  camera: string,
): Promise<{ tile: number; location: string; etag: string }> {
  const opened = await page.open(`${running.whepUrl}/${camera}/main`, running.token);
  expect(opened.status).toBe(201);
  return opened;
}

const frames = async (page: PlainPage, tile: number): Promise<number> => (await page.facts(tile)).frames;
async function plays(page: PlainPage, tile: number): Promise<void> {
  const before = await frames(page, tile);
  await until(`tile ${tile} shows ten more pictures`, async () => (await frames(page, tile)) >= before + 10);
}

const viewerIds = (control: ControlClient): string[] =>
  control.messages.flatMap((message) => (message.type === 'viewer' && message.what === 'opened' ? [message.viewerId] : []));

describe('WHEP, from a plain page in Chromium', () => {
  it('plays a camera at its size, and ends its session on DELETE', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const { tile, location } = await open(page, running, 'cam');
    await plays(page, tile);
    expect((await page.facts(tile)).width).toBe(320);
    const request = { method: 'DELETE', headers: { Authorization: `Bearer ${running.token}` } };
    expect((await fetch(new URL(location, running.whepUrl), request)).status).toBe(200);
    expect((await fetch(new URL(location, running.whepUrl), request)).status).toBe(404);
    await until('the viewer is told as closed', () => control.messages.some((m) => m.type === 'viewer' && m.what === 'closed'));
  });

  it('has one connection to a camera for sixteen viewers', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const tiles = await Promise.all(Array.from({ length: 16 }, () => open(page, running, 'cam')));
    await Promise.all(tiles.map(({ tile }) => plays(page, tile)));
    expect([camera.opened(), camera.open()]).toEqual([1, 1]);
  });

  it('shows a second viewer the picture from the cache, without waiting for the next key picture', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(longGroups), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const first = await open(page, running, 'cam');
    await plays(page, first.tile);
    const keysBefore = (await page.facts(first.tile)).stats['inbound-rtp.keyFramesDecoded'];
    const second = await open(page, running, 'cam');
    await plays(page, second.tile);
    // No key picture came to the first viewer meanwhile: the second's was the cached one.
    expect((await page.facts(first.tile)).stats['inbound-rtp.keyFramesDecoded']).toBe(keysBefore);
  });

  it('sends again what was lost on the way', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(longGroups), await plainPage(), await gateway()];
    const relay = await createLossyRelay(13);
    closers.push(() => relay.close());
    control.send(cameras({ cam: camera }));
    const { tile } = await page.open(`${running.whepUrl}/cam/main`, running.token, relay.through);
    await until('twenty packets were lost', () => relay.lost() >= 20);
    await plays(page, tile);
    const { stats } = await page.facts(tile);
    expect(stats['inbound-rtp.nackCount']).toBeGreaterThan(0);
    // Whatever is lost for good makes Chromium ask for a key picture.
    expect(stats['inbound-rtp.pliCount'] ?? 0).toBe(0);
    // One that was lost just now is on its way again.
    await until('none is lost for good', async () => (await page.facts(tile)).packetsLost === 0);
  });

  it("tells the browser the source's time in sender reports", async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const { tile } = await open(page, running, 'cam');
    const told = async (): Promise<number> => (await page.facts(tile)).stats['remote-outbound-rtp.reportsSent'] ?? 0;
    await until('two reports have come', async () => (await told()) >= 2);
    const remoteMs = (await page.facts(tile)).stats['remote-outbound-rtp.remoteTimestamp'] ?? 0;
    expect(Math.abs(remoteMs - Date.now())).toBeLessThan(60_000);
  });

  it('keeps sessions through the death of a camera, and goes on when it is back', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const { tile } = await open(page, running, 'cam');
    await plays(page, tile);
    camera.refuse('camera-unreachable');
    camera.cut();
    await until('the source is lost', () => control.messages.some((m) => m.type === 'source' && m.source.state === 'lost'));
    camera.refuse(null);
    await plays(page, tile);
    expect(viewerIds(control)).toHaveLength(1);
  });

  it('shows another camera in an open session, and marks whose picture each is', async () => {
    const big = await record({ seconds: 2, keyEverySeconds: 1, size: '640x360' });
    const [one, two, page, { gateway: running, control }] = [await feed(), await feed(big), await plainPage(), await gateway()];
    control.send(cameras({ one, two }));
    const { tile, location } = await open(page, running, 'one');
    await plays(page, tile);
    const session = location.split('/').at(-1);
    const show = async (camera: string | null, mark: number): Promise<string> => {
      const headers = { Authorization: `Bearer ${running.token}`, 'Content-Type': 'application/json' };
      const body = JSON.stringify({ wishes: [{ session, show: camera && { camera, stream: 'main' }, mark }] });
      const answer = await fetch(`${running.whepUrl}/sessions`, { method: 'PUT', headers, body });
      const [told] = JSON.parse(await answer.text()).answers;
      return told.code ?? told.what;
    };
    expect(await show('two', 3)).toBe('awaited');
    // Asked once: it comes when it has a key picture.
    await until('the other picture is shown', async () => (await page.facts(tile)).width === 640);
    await plays(page, tile);
    const { presented } = await page.facts(tile);
    const isNew = ({ rtpTimestamp }: { rtpTimestamp: number }) => rtpTimestamp % markCount === 3;
    // No picture of the one is taken for a picture of the other.
    for (const picture of presented) expect(picture.width).toBe(isNew(picture) ? 640 : 320);
    expect(presented.filter(isNew).length).toBeGreaterThan(5);
    // The one it came from is still warm: at once.
    expect(await show('one', 4)).toBe('shown');
    await until('the first is back', async () => (await page.facts(tile)).width === 320);
    expect(await show('none', 5)).toBe('unknown-camera');
    await plays(page, tile);
    // Nothing for a while, and then something again, over the same connection.
    expect(await show(null, 6)).toBe('shown');
    expect(await show('two', 7)).toBe('shown');
    await until('the other picture is shown again', async () => (await page.facts(tile)).width === 640);
    await plays(page, tile);
    expect(viewerIds(control)).toHaveLength(1);
    control.send({ type: 'drop', id: 4, viewerId: viewerIds(control)[0] ?? '' });
    await until('the peer is closed', async () => (await page.facts(tile)).state !== 'connected');
    expect(await show('two', 1)).toBe('unknown-session');
  });

  it('takes candidates by PATCH, and knows whose they are', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const { location, etag } = await open(page, running, 'cam');
    const patch = async (
      body: string,
      headers: Record<string, string> = {},
      type = 'application/trickle-ice-sdpfrag',
    ): Promise<number> => {
      const all = { Authorization: `Bearer ${running.token}`, 'Content-Type': type, ...headers };
      return (await fetch(new URL(location, running.whepUrl), { method: 'PATCH', headers: all, body })).status;
    };
    const fragment =
      'a=ice-ufrag:abcd\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 2113937151 127.0.0.1 40404 typ host\r\n';
    expect(await patch(fragment)).toBe(204);
    expect(await patch(fragment, { 'If-Match': etag })).toBe(204);
    expect(await patch(fragment, { 'If-Match': '"another"' })).toBe(412);
    expect(await patch(fragment, {}, 'text/plain')).toBe(415);
    expect(await patch('a=candidate:1 1 udp 1 127.0.0.1 1 typ host\r\n')).toBe(400);
    expect(await patch(`m=video 9 x 0\r\na=mid:0\r\na=candidate:${'x'.repeat(500)}\r\n`)).toBe(400);
  });

  it('serves on when main is gone, and obeys the next one that knows the key', async () => {
    const [camera, page, { gateway: running, control }] = [await feed(), await plainPage(), await gateway()];
    control.send(cameras({ cam: camera }));
    const { tile } = await open(page, running, 'cam');
    await plays(page, tile);
    control.close();
    await plays(page, tile);
    const stranger = await connectControl(running.controlPath, 'not the control key');
    expect([stranger.ended(), stranger.messages]).toEqual([true, []]);
    const next = await running.connect();
    closers.push(() => next.close());
    expect(viewerIds(next)).toEqual(viewerIds(control));
    expect(next.messages.some((m) => m.type === 'source' && m.source.state === 'live')).toBe(true);
    next.send(cameras({ cam: camera }));
    await plays(page, tile);
    expect(camera.opened()).toBe(1);
  });

  it('ends by itself when no main comes', async () => {
    const { gateway: running, control } = await gateway({ orphanMs: 200 });
    control.close();
    await until('the gateway has exited', () => running.exited());
  });
});
