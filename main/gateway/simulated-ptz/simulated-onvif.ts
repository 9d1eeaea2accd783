import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Credentials } from '../../../core/cameras/camera.ts';
import { child, readXml } from '../../protocols/onvif/read-xml.ts';
import { soapEnvelope } from '../../protocols/onvif/soap-envelope.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Behaviour, goodBehaviour } from './behaviour.ts';
import { createProofCheck } from './proof-check.ts';
import { fault } from './simulated-answers.ts';
import { Refusal } from './refusal.ts';
import { createSimulatedCamera, type SimulatedCamera, type SimulatedLens } from './simulated-camera.ts';
import type { SimulatedTour } from './simulated-tours.ts';
import type { HeadPosition } from './ptz-head.ts';

/** One simulated camera on loopback that answers like a real one. */
export interface SimulatedOnvif {
  /** Its device service. */
  readonly url: string;
  readonly camera: Pick<SimulatedCamera, 'position' | 'isMoving' | 'head'>;
  /** From the next request on. */
  behave(how: Partial<Behaviour>): void;
  /** Ends all connections too. */
  close(): Promise<void>;
}

const requestMaxBytes = 65_536;

/** Listens on a free port of loopback. `heard` is told the action of every request that could be read, before it is answered. */
export async function createSimulatedOnvif(ports: {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly serial: string;
  /** Where its stream is said to be. */
  readonly streamUrl?: string;
  readonly presets?: readonly { readonly name: string; readonly position: HeadPosition }[];
  /** That it runs by itself. */
  readonly tours?: readonly SimulatedTour[];
  readonly lens?: SimulatedLens;
  heard?(action: string): void;
  /** The head was told something else. */
  turned?(): void;
}): Promise<SimulatedOnvif> {
  const { clock } = ports;
  const camera = createSimulatedCamera({ ...ports, clock, presets: ports.presets ?? [], toured: () => ports.turned?.() });
  const proof = createProofCheck(ports.credentials, randomBytes(16).toString('hex'));
  let behaviour = goodBehaviour;

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const how = behaviour;
    const bytes = await bodyOf(request);
    if (how.redirects !== null) return void response.writeHead(307, { location: how.redirects }).end();
    if (how.silent) return;
    if (how.endless) return pourWithoutEnd(response);
    const { status, text, headers } = answerTo(bytes, request, how);
    if (how.slowMs > 0) await new Promise<void>((resolve) => void clock.after(how.slowMs, resolve));
    if (how.drops) return void response.destroy();
    response.writeHead(status, { 'content-type': 'application/soap+xml; charset=utf-8', ...headers });
    response.end(text);
  }

  function answerTo(bytes: Buffer, request: IncomingMessage, how: Behaviour): { status: number; text: string; headers?: object } {
    const envelope = readXml(bytes);
    const [asked] = child(envelope, 'Body')?.children ?? [];
    if (asked === undefined) return { status: 400, text: fault('Sender', 'WellFormed', 'no body') };
    ports.heard?.(asked.name);
    if (how.malformed) return { status: 200, text: '<?xml version="1.0"?><s:Envelope><s:Body><oops></s:Body>' };
    if (how.entityBomb) return { status: 200, text: bomb };
    if (asked.name !== 'GetSystemDateAndTime' && !isProven(envelope, request, how)) {
      const headers = how.httpDigest ? { 'www-authenticate': proof.challenge } : {};
      return { status: how.httpDigest ? 401 : 400, text: fault('Sender', 'NotAuthorized', 'sender not authorized'), headers };
    }
    if (how.faults) return { status: 500, text: fault('Receiver', 'Action', 'the head is jammed') };
    if (asked.name === 'SetSystemDateAndTime') behaviour = { ...behaviour, clockAheadMs: 0 };
    try {
      const before = camera.head();
      const text = soapEnvelope(camera.answer(asked, how, origin));
      if (camera.head() !== before) ports.turned?.();
      return { status: 200, text };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 400, text: fault('Sender', error.subcode, error.message) };
    }
  }

  function isProven(envelope: ReturnType<typeof readXml>, request: IncomingMessage, how: Behaviour): boolean {
    if (how.refuses) return false;
    if (how.httpDigest) return proof.digest(request.headers.authorization, request.method ?? 'POST');
    return proof.token(child(envelope, 'Header'), clock.utcMs() + how.clockAheadMs);
  }

  return {
    url: `${origin}/onvif/device_service`,
    camera,
    behave(how) {
      behaviour = { ...behaviour, ...how };
    },
    close: () =>
      new Promise((resolve) => {
        camera.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Ten names that stand for one another ten times over (the `billion laughs`). */
const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
).join('')}]><lolz>&l9;</lolz>`;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes > requestMaxBytes) throw new Error('the request is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function pourWithoutEnd(response: ServerResponse): void {
  const piece = Buffer.alloc(65_536, ' ');
  response.writeHead(200, { 'content-type': 'application/soap+xml' });
  const pour = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', pour);
  };
  pour();
}
