import { bootedSchema } from '../gateway/boot.ts';
import type { Clock } from '../ports/clock.ts';
import type { GatewayProcess, SpawnGateway } from '../ports/spawn-gateway.ts';
import { type ControlClient, connectControl } from './control-client.ts';
import {
  freshControlPath,
  freshSecret,
  type GatewayCard,
  readGatewayCard,
  removeControlPath,
  removeGatewayCard,
  writeGatewayCard,
} from './gateway-card.ts';

/** How long sessions are served after main died without a word. */
const orphanMs = 60_000;
/** From starting the process to its `ready`. */
const bootMs = 15_000;

/** A gateway process that answers. */
export interface RunningGateway {
  readonly card: GatewayCard;
  readonly control: ControlClient;
  readonly takenOver: boolean;
  /** At once (SIGKILL). */
  kill(): void;
  /** Resolves with the reason when the process or the control channel is gone. */
  readonly ended: Promise<string>;
  /** Resolves when the process is no more. */
  exited(): Promise<void>;
}

export interface RunningPorts {
  readonly clock: Clock;
  readonly spawn: SpawnGateway;
  readonly runDir: string;
  readonly ffmpegPath: string | null;
  onNews: Parameters<typeof connectControl>[0]['onNews'];
}

/** The gateway of a main that died, if it still serves; null otherwise, and then nothing of it is left. */
export async function takeOverGateway(ports: RunningPorts): Promise<RunningGateway | null> {
  const card = await readGatewayCard(ports.runDir);
  if (card === null) return null;
  try {
    const ended = Promise.withResolvers<string>();
    const control = await connectCard(ports, card, ended.resolve);
    return {
      card,
      control,
      takenOver: true,
      kill: () => killProcess(card.pid),
      ended: ended.promise,
      exited: () => noMore(ports.clock, card.pid),
    };
  } catch (error) {
    // Whoever took the connection and said nothing holds the socket of this card: it is the gateway, and it hangs.
    // Nobody listens: the process is gone, and its number may be somebody else's by now.
    if (error instanceof Error && error.message.endsWith(': closed')) killProcess(card.pid);
    await removeGatewayCard(ports.runDir);
    await removeControlPath(ports.runDir, card.controlPath);
    return null;
  }
}

/** Starts a gateway and connects to it. Rejects, with nothing left behind, where that fails. */
export async function startGateway(ports: RunningPorts): Promise<RunningGateway> {
  const secrets = { token: freshSecret(), controlKey: freshSecret(), controlPath: await freshControlPath(ports.runDir) };
  const child = ports.spawn.start();
  const ended = Promise.withResolvers<string>();
  const exit = Promise.withResolvers<void>();
  child.onExit((why) => {
    exit.resolve();
    ended.resolve(why);
  });
  try {
    const { whepUrl, pid } = await boot(ports, child, secrets, ended.promise);
    const card = { pid, whepUrl, ...secrets };
    const control = await connectCard(ports, card, ended.resolve);
    await writeGatewayCard(ports.runDir, card);
    return { card, control, takenOver: false, kill: () => child.kill(), ended: ended.promise, exited: () => exit.promise };
  } catch (error) {
    child.kill();
    await removeControlPath(ports.runDir, secrets.controlPath);
    throw error;
  }
}

function connectCard(ports: RunningPorts, card: GatewayCard, onEnd: (why: string) => void): Promise<ControlClient> {
  return connectControl({ clock: ports.clock, path: card.controlPath, key: card.controlKey, onNews: ports.onNews, onEnd });
}

function boot(
  ports: RunningPorts,
  child: GatewayProcess,
  secrets: { token: string; controlKey: string; controlPath: string },
  ended: Promise<string>,
): Promise<{ whepUrl: string; pid: number }> {
  return new Promise((resolve, reject) => {
    const stop = ports.clock.after(bootMs, () => reject(new Error('it did not answer')));
    ended.then((why) => {
      stop();
      reject(new Error(why));
    }, reject);
    child.onMessage((message) => {
      stop();
      const booted = bootedSchema.safeParse(message);
      if (!booted.success) reject(new Error('it answered something else'));
      else if (booted.data.type === 'failed') reject(new Error(booted.data.reason));
      else resolve(booted.data);
    });
    const { ffmpegPath } = ports;
    child.post({ type: 'boot', ...secrets, whepHost: '127.0.0.1', whepPort: 0, ffmpegPath, orphanMs, iceServers: [] });
  });
}

/** A process which is not our child tells nobody when it ends. */
async function noMore(clock: Clock, pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise<void>((resolve) => clock.after(50, resolve));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
