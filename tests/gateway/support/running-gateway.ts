import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootedSchema } from '../../../main/gateway/boot.ts';
import {
  controlVersion,
  type FromGateway,
  longestLineBytes,
  type ToGateway,
  toMainSchema,
} from '../../../main/gateway/control.ts';
import { createJsonLines } from '../../../main/gateway/json-lines.ts';
import { createNodeGatewaySpawner } from '../../../main/supervision/node-gateway-process.ts';
import { until } from '../../support/until.ts';

export const gatewayEntry = fileURLToPath(new URL('./gateway-entry.ts', import.meta.url));
const key = 'a control key for tests only';
const token = 'a-bearer-token-for-tests-only';

/** The gateway's process really started, with a control client under the test's hand. */
export interface RunningGateway {
  readonly pid: number;
  readonly whepUrl: string;
  readonly token: string;
  readonly controlPath: string;
  connect(): Promise<ControlClient>;
  exited(): boolean;
  kill(): void;
  close(): Promise<void>;
}

export interface ControlClient {
  readonly messages: readonly FromGateway[];
  send(message: ToGateway): void;
  ended(): boolean;
  close(): void;
}

export interface GatewayOptions {
  readonly orphanMs?: number;
  /** The program to run instead of the one whose cameras are the test's own. */
  readonly entry?: string;
  readonly ffmpegPath?: string;
}

export async function startGateway(options: GatewayOptions = {}): Promise<RunningGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'deedban-gateway-'));
  const controlPath = join(directory, 'control.sock');
  const child = createNodeGatewaySpawner(options.entry ?? gatewayEntry).start();
  const { pid } = child;
  if (pid === undefined) throw new Error('the gateway did not start');
  let exited = false;
  child.onExit(() => {
    exited = true;
  });
  const answer = new Promise<unknown>((resolve) => child.onMessage(resolve));
  child.post({
    type: 'boot',
    token,
    controlPath,
    controlKey: key,
    whepHost: '127.0.0.1',
    whepPort: 0,
    ffmpegPath: options.ffmpegPath ?? null,
    orphanMs: options.orphanMs ?? 60_000,
    iceServers: [],
  });
  const booted = bootedSchema.parse(await answer);
  if (booted.type !== 'ready') throw new Error(booted.reason);
  return {
    pid,
    whepUrl: booted.whepUrl,
    token,
    controlPath,
    connect: () => connectControl(controlPath, key),
    exited: () => exited,
    kill: () => child.kill(),
    async close() {
      child.kill();
      await until('the gateway has exited', () => exited);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function connectControl(path: string, withKey: string): Promise<ControlClient> {
  const socket = connect(path);
  const messages: FromGateway[] = [];
  let ended = false;
  const lines = createJsonLines<FromGateway, ToGateway>(socket, {
    schema: toMainSchema,
    longestBytes: longestLineBytes,
    onMessage: (message) => void messages.push(message),
    onEnd: () => {
      ended = true;
    },
  });
  lines.send({ type: 'hello', key: withKey, version: controlVersion });
  const client = {
    messages,
    send: (message: ToGateway) => void lines.send(message),
    ended: () => ended,
    close: () => lines.close(),
  };
  await until('the gateway has greeted', () => ended || messages.some(({ type }) => type === 'told'));
  return client;
}
