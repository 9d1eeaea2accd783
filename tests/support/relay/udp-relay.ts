import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '../../../main/ports/clock.ts';
import { cleanLink, createLink, type Link, type LinkRules } from './link.ts';

/** What passed in one direction, in packets. */
export interface RelayCounts {
  readonly came: number;
  readonly lost: number;
}

/**
 * UDP hops between a media server and its viewers, one per session, with losses, delays and cuts of our choice. Deterministic by the seed, as
 * far as packets come in the same order.
 */
export interface UdpRelay {
  /** A WHEP answer with the server's addresses replaced by those of a hop of its own. Works for UDP candidates on 127.0.0.1. */
  through(answer: string): Promise<string>;
  /** What the links do from now on: what is left out stays as it is. To the viewer only, unless `both`. */
  change(rules: Partial<LinkRules>, both?: boolean): void;
  /** Nothing passes in either direction, until `heal`. */
  cut(): void;
  heal(): void;
  toViewer(): RelayCounts;
  toServer(): RelayCounts;
  close(): Promise<void>;
}

/** A page that opens sessions for ever would open hops for ever. */
const mostHops = 1_024;

type Direction = 'toViewer' | 'toServer';

interface Hop {
  readonly socket: Socket;
  readonly links: Readonly<Record<Direction, Link>>;
}

export function createUdpRelay(options: { readonly clock: Clock; readonly seed: number }): UdpRelay {
  const { clock, seed } = options;
  const hops = new Set<Hop>();
  const counts = { toViewer: { came: 0, lost: 0 }, toServer: { came: 0, lost: 0 } };
  const rules: Record<Direction, LinkRules> = { toViewer: cleanLink, toServer: cleanLink };
  let closed = false;

  const change = (direction: Direction, part: Partial<LinkRules>): void => {
    rules[direction] = { ...rules[direction], ...part };
    for (const { links } of hops) links[direction].change(rules[direction]);
  };

  async function open(serverPort: number): Promise<number> {
    if (hops.size >= mostHops) throw new Error(`the relay has ${mostHops} hops: more than any test needs`);
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const number = hops.size;
    const hop: Hop = {
      socket,
      links: {
        toViewer: createLink(rules.toViewer, seed + 2 * number),
        toServer: createLink(rules.toServer, seed + 2 * number + 1),
      },
    };
    hops.add(hop);
    let viewerPort: number | null = null;
    // The one that is not the server is the viewer; where it comes from is known with its first packet.
    socket.on('message', (packet, from) => {
      const direction: Direction = from.port === serverPort ? 'toViewer' : 'toServer';
      if (direction === 'toServer') viewerPort = from.port;
      carry(hop, direction, packet, () => (direction === 'toServer' ? serverPort : viewerPort));
    });
    socket.on('error', () => {});
    return socket.address().port;
  }

  function carry({ socket, links }: Hop, direction: Direction, packet: Buffer, port: () => number | null): void {
    const nowMs = clock.monotonicMs();
    const leavesMs = links[direction].fate(nowMs);
    counts[direction].came += 1;
    if (leavesMs === null) {
      counts[direction].lost += 1;
      return;
    }
    const send = (): void => {
      const to = port();
      if (!closed && to !== null) socket.send(packet, to, '127.0.0.1', () => {});
    };
    if (leavesMs <= nowMs) send();
    else clock.after(leavesMs - nowMs, send);
  }

  return {
    async through(answer) {
      const candidate = /^(a=candidate:\S+ 1 udp \d+) 127\.0\.0\.1 (\d+) typ host.*\r?\n/im.exec(answer);
      if (candidate === null) throw new Error('the answer has no UDP candidate on 127.0.0.1');
      const port = await open(Number(candidate[2]));
      // One candidate alone: another way to the server would pass by the relay.
      const others = answer.replace(/^a=candidate:.*\r?\n/gim, '');
      const at = others.search(/^a=end-of-candidates|^a=ice-ufrag/m);
      return `${others.slice(0, at)}${candidate[1] ?? ''} 127.0.0.1 ${port} typ host\r\n${others.slice(at)}`;
    },
    change(part, both = false) {
      change('toViewer', part);
      if (both) change('toServer', part);
    },
    cut() {
      change('toViewer', { cut: true });
      change('toServer', { cut: true });
    },
    heal() {
      change('toViewer', { cut: false });
      change('toServer', { cut: false });
    },
    toViewer: () => ({ ...counts.toViewer }),
    toServer: () => ({ ...counts.toServer }),
    async close() {
      closed = true;
      await Promise.all([...hops].map(({ socket }) => new Promise<void>((resolve) => socket.close(() => resolve()))));
      hops.clear();
    },
  };
}
