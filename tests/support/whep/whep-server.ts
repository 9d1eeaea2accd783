import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSendingPeer, type SendingPeer } from './sending-peer.ts';
import type { VideoFeed } from './video-feed.ts';
import { byTheDraft, noCounts, type WhepBehaviour, type WhepCounts } from './whep-behaviour.ts';

/** A WHEP server that shares nothing with Deedban; every camera of it has habits of its own. */
export interface WhepServer {
  readonly port: number;
  /** The address of a camera, with `operator:<password>@` where one is given. */
  url(camera: string, password?: string): string;
  /** Changes a camera's habits from the next request on, and lets go what waits. */
  behave(camera: string, change: Partial<WhepBehaviour>): void;
  counts(camera: string): Readonly<WhepCounts>;
  openPeers(camera: string): number;
  /** Forgets a camera's sessions, as a server that is restarted; its viewers are told nothing. */
  lose(camera: string): Promise<void>;
  /** What went wrong in the server itself; a test that passes has none. */
  faults(): readonly string[];
  close(): Promise<void>;
}

interface Camera {
  behaviour: WhepBehaviour;
  readonly counts: WhepCounts;
  readonly peers: Map<string, SendingPeer>;
  refusals: number;
  quietUntilMs: number;
  /** Offers that wait for `behave`. */
  waiting: (() => void)[];
}

const sdp = { 'Content-Type': 'application/sdp' };
const maxBodyLength = 65_536;

/** Starts it on loopback, on a free port unless an old one is given to come back at. Addresses are `/<camera>/whep` and `/<camera>/whep/<session>`. */
export async function startWhepServer(
  feed: VideoFeed,
  habits: Record<string, Partial<WhepBehaviour>>,
  { port: wanted = 0 } = {},
): Promise<WhepServer> {
  const cameras = new Map<string, Camera>();
  for (const [name, change] of Object.entries(habits)) {
    const behaviour = { ...byTheDraft, ...change };
    cameras.set(name, { behaviour, counts: noCounts(), peers: new Map(), refusals: 0, quietUntilMs: 0, waiting: [] });
  }
  const faults: string[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      faults.push(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const at = (name: string): Camera => {
    const camera = cameras.get(name);
    if (!camera) throw new Error(`the foreign server has no camera ${name}`);
    return camera;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const [, name = '', moved, session] = /^\/([a-z-]+)\/(whep|moved)(?:\/([\w-]+))?$/.exec(request.url ?? '') ?? [];
    const camera = cameras.get(name);
    if (!camera) return void response.writeHead(404).end();
    if (request.headers.host !== `127.0.0.1:${port}`) camera.counts.elsewhere += 1;
    if (!session) camera.counts.posts += 1;
    if (!knows(request, camera.behaviour.password)) {
      camera.counts.wrongPasswords += 1;
      return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="cameras"' }).end();
    }
    if (!session && request.method === 'POST') return takeOffer(camera, name, moved === 'moved', body, response);
    const peer = camera.peers.get(session ?? '');
    if (!peer) return void response.writeHead(404).end();
    if (request.method === 'PATCH') return patch(camera, peer, request, body, response);
    if (request.method !== 'DELETE') return void response.writeHead(405).end();
    camera.counts.deletes += 1;
    camera.peers.delete(session ?? '');
    await peer.close();
    response.writeHead(200).end();
  }

  async function takeOffer(camera: Camera, name: string, moved: boolean, offer: string, response: ServerResponse): Promise<void> {
    const { to, location, etag, trickle, status } = camera.behaviour;
    if (performance.now() < camera.quietUntilMs) camera.counts.tooEarly += 1;
    if (to === 'wait') await new Promise<void>((resolve) => camera.waiting.push(resolve));
    if (response.destroyed) return;
    if (typeof to === 'object' && 'redirect' in to && !moved) {
      const host = to.redirect === 'same-host' ? '127.0.0.1' : 'localhost';
      return void response.writeHead(307, { Location: `http://${host}:${port}/${name}/moved` }).end();
    }
    if (typeof to === 'object' && 'refuse' in to && camera.refusals < to.times) {
      camera.refusals += 1;
      camera.quietUntilMs = performance.now() + (to.retryAfterS ?? 0) * 1_000;
      const after = to.retryAfterS === undefined ? {} : { 'Retry-After': String(to.retryAfterS) };
      return void response.writeHead(to.refuse, after).end();
    }
    const peer = createSendingPeer(feed);
    const id = randomUUID();
    camera.peers.set(id, peer);
    const places = {
      absolute: `http://127.0.0.1:${port}/${name}/whep/${id}`,
      path: `/${name}/whep/${id}`,
      relative: `whep/${id}`,
    };
    const fields = {
      ...sdp,
      ...(location === 'missing' ? {} : { Location: places[location] }),
      ...(etag === 'missing' ? {} : { [etag]: `"${id}"` }),
    };
    if (to === 'nonsense') return void response.writeHead(status, fields).end('v=0\r\nm=nonsense\r\n');
    if (to === 'counter-offer') return void response.writeHead(406, fields).end(await peer.offer());
    const answer = await peer.answer(offer);
    if (trickle !== 'needed') peer.send();
    response.writeHead(status, fields).end(answer);
  }

  async function patch(
    camera: Camera,
    peer: SendingPeer,
    request: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const { trickle, patchStatus, to } = camera.behaviour;
    const type = request.headers['content-type'] ?? '';
    camera.counts.patches += 1;
    if (type.startsWith('application/sdp') && to === 'counter-offer') {
      await peer.accept(body);
      peer.send();
    } else if (type.startsWith('application/trickle-ice-sdpfrag')) {
      if (typeof trickle === 'number') return void response.writeHead(trickle).end();
      camera.counts.lateCandidates += peer.addCandidates(body);
      peer.send();
    } else return void response.writeHead(415).end();
    response.writeHead(patchStatus).end();
  }

  return {
    port,
    url: (name, password) => `http://${password === undefined ? '' : `operator:${password}@`}127.0.0.1:${port}/${name}/whep`,
    behave(name, change) {
      const camera = at(name);
      camera.behaviour = { ...camera.behaviour, ...change };
      camera.refusals = 0;
      for (const go of camera.waiting.splice(0)) go();
    },
    counts: (name) => at(name).counts,
    openPeers: (name) => [...at(name).peers.values()].filter((peer) => peer.isOpen()).length,
    async lose(name) {
      const { peers } = at(name);
      const lost = [...peers.values()];
      peers.clear();
      await Promise.all(lost.map((peer) => peer.close()));
    },
    faults: () => faults,
    async close() {
      for (const { waiting } of cameras.values()) for (const go of waiting.splice(0)) go();
      await Promise.all([...cameras.values()].flatMap(({ peers }) => [...peers.values()].map((peer) => peer.close())));
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function knows(request: IncomingMessage, password: string | null): boolean {
  if (password === null) return true;
  return request.headers.authorization === `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maxBodyLength) throw new Error('a body without end');
  }
  return text;
}
