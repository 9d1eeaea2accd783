import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { createUdpRelay } from '../support/relay/udp-relay.ts';
import { until } from '../support/until.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface End {
  readonly socket: Socket;
  readonly port: number;
  readonly heard: string[];
  /** Who was heard last. */
  from(): number;
  say(words: string, port: number): void;
}

async function end(): Promise<End> {
  const socket = createSocket('udp4');
  const heard: string[] = [];
  let from = 0;
  socket.on('message', (packet, { port }) => {
    heard.push(packet.toString());
    from = port;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  ends.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return {
    socket,
    port: socket.address().port,
    heard,
    from: () => from,
    say: (words, port) => socket.send(words, port, '127.0.0.1'),
  };
}

const answerOf = (port: number) =>
  [
    'v=0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    `a=candidate:1 1 UDP 2114977791 127.0.0.1 ${port} typ host`,
    `a=candidate:2 1 UDP 1 10.0.0.7 ${port} typ host`,
    'a=ice-ufrag:Ab1+',
    'a=end-of-candidates',
    '',
  ].join('\r\n');

/** A server and a viewer on the two sides of a hop; the viewer has spoken, so that it is known. */
async function hop() {
  const clock = createFakeClock();
  const relay = createUdpRelay({ clock, seed: 4 });
  ends.push(() => relay.close());
  const [server, viewer] = [await end(), await end()];
  const answer = await relay.through(answerOf(server.port));
  const port = Number(/127\.0\.0\.1 (\d+)/.exec(answer)?.[1]);
  viewer.say('hello', port);
  await until('the server hears the viewer', () => server.heard.includes('hello'));
  return { clock, relay, server, viewer, answer, port };
}

describe('a UDP relay', () => {
  it('stands in an answer as the only way to the server', async () => {
    const { answer, server } = await hop();
    expect(answer.match(/a=candidate/g)).toHaveLength(1);
    expect(answer).not.toContain(String(server.port));
    expect(answer).toMatch(/a=candidate:1 1 UDP 2114977791 127\.0\.0\.1 \d+ typ host\r\na=ice-ufrag/);
  });

  it('carries packets both ways', async () => {
    const { server, viewer, port } = await hop();
    server.say('picture', port);
    await until('the viewer hears the server', () => viewer.heard.includes('picture'));
    expect([viewer.from(), server.from()]).toEqual([port, port]);
  });

  it('holds packets back for as long as it is told', async () => {
    const { clock, relay, server, viewer, port } = await hop();
    relay.change({ delayMs: 200 });
    server.say('late', port);
    await until('the relay has it', () => clock.waiting() === 1);
    clock.pass(199);
    expect(clock.waiting()).toBe(1);
    clock.pass(1);
    await until('it arrives', () => viewer.heard.includes('late'));
  });

  it('lets nothing pass while it is cut, counts what was lost, and heals', async () => {
    const { relay, server, viewer, port } = await hop();
    relay.cut();
    for (let count = 0; count < 5; count += 1) server.say('lost', port);
    viewer.say('lost too', port);
    await until('the relay has seen them', () => relay.toViewer().came === 5 && relay.toServer().came === 2);
    expect([relay.toViewer().lost, relay.toServer().lost]).toEqual([5, 1]);
    relay.heal();
    server.say('again', port);
    await until('the viewer hears the server again', () => viewer.heard.includes('again'));
    expect(viewer.heard).toEqual(['again']);
  });

  it('refuses an answer that leads past it', async () => {
    const relay = createUdpRelay({ clock: createFakeClock(), seed: 1 });
    await expect(relay.through('v=0\r\na=ice-ufrag:x\r\n')).rejects.toThrow('no UDP candidate');
  });
});
