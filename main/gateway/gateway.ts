import type { Clock } from '../ports/clock.ts';
import type { GatewayCamera } from '../ports/media-gateway.ts';
import type { Boot } from './boot.ts';
import { controlVersion, mostCameras } from './control.ts';
import { type Command, type ControlServer, createControlServer } from './control-server.ts';
import { mostPayloadBytes } from './pictures/packetize.ts';
import { createSessions } from './sessions.ts';
import { createSourceLines } from './source-lines.ts';
import type { CityDevice } from './simulated-ptz/city-heads.ts';
import type { SourceMakers } from './source-makers.ts';
import { createTaps } from './taps/taps.ts';
import { createWarmLines } from './warm-lines.ts';
import { createWhepServer } from './whep/whep-server.ts';

export interface Gateway {
  readonly whepUrl: string;
  /** For main's log: why the process is about to end. */
  tellFault(words: string): void;
  /** For main's log: something that was dealt with and that somebody should know of. */
  note(words: string): void;
  close(): Promise<void>;
}

/**
 * The embedded gateway: cameras in, WHEP out, told what to do by main. `onStop` is called once, when main said so or
 * left it alone for `boot.orphanMs`; the caller closes it then and ends the process.
 */
export async function createGateway(
  ports: { clock: Clock; random: () => number; makers: SourceMakers; onStop(why: 'stop' | 'orphaned'): void },
  boot: Boot,
): Promise<Gateway> {
  const { clock } = ports;
  let control: ControlServer | null = null;
  let incoming: GatewayCamera[] = [];
  let stopOrphan = (): void => {};

  const lines = createSourceLines({
    clock,
    random: ports.random,
    makers: ports.makers,
    // Without servers every viewer is on this computer (`whep/peer.ts`).
    mostPayloadBytes: boot.iceServers.length === 0 ? mostPayloadBytes.loopback : mostPayloadBytes.network,
    onState: (camera, stream, source) => control?.tell({ type: 'source', camera, stream, source }),
    onProblem: (camera, stream, { code, detail }, tries) => {
      const inVain = tries > 1 ? ` (${tries} tries in a row failed)` : '';
      const message = `${camera}/${stream}: ${code}: ${detail}`.slice(0, 460) + inVain;
      control?.tell({ type: 'log', level: 'warn', message });
    },
    onGone: (line) => sessions.dropLine(line),
  });
  const sessions = createSessions({
    clock,
    random: ports.random,
    lines,
    iceServers: boot.iceServers,
    onViewer: (notice) => control?.tell({ type: 'viewer', ...notice }),
  });
  const warmLines = createWarmLines({ clock, lines });
  const taps = createTaps({ lines });
  const whep = await createWhepServer({ host: boot.whepHost, port: boot.whepPort, token: boot.token, sessions, warmLines, taps });

  const { heads } = ports.makers;
  const tellDevice = (device: CityDevice) => control?.tell({ type: 'device', ...device });
  heads?.onDevice(tellDevice);

  const greet = (present: boolean): void => {
    stopOrphan();
    incoming = [];
    if (!present) {
      stopOrphan = clock.after(boot.orphanMs, () => ports.onStop('orphaned'));
      return;
    }
    control?.tell({ type: 'ready', version: controlVersion, pid: process.pid, whepUrl: whep.url });
    lines.each((camera, stream, source) => control?.tell({ type: 'source', camera, stream, source }));
    sessions.each(({ viewerId, shows }) => control?.tell({ type: 'viewer', viewerId, shows, what: 'opened' }));
    for (const device of heads?.devices() ?? []) tellDevice(device);
    control?.tell({ type: 'told' });
  };
  const obey = (command: Command): void => {
    switch (command.type) {
      case 'cameras':
        incoming.push(...command.cameras.map(withoutUndefined));
        if (incoming.length > mostCameras) incoming.length = mostCameras;
        if (!command.last) return;
        lines.setCameras(incoming);
        heads?.setCameras(incoming);
        incoming = [];
        return;
      case 'drop':
        return acknowledge(command.id, sessions.drop(command.viewerId) ? null : 'unknown-session');
      case 'stop':
        return ports.onStop('stop');
    }
  };
  const acknowledge = (id: number, error: string | null): void => control?.tell({ type: 'ack', id, ok: error === null, error });

  control = await createControlServer({ clock, path: boot.controlPath, key: boot.controlKey, onMain: greet, onCommand: obey });
  // Main may die before it ever connects.
  greet(false);
  return {
    whepUrl: whep.url,
    tellFault: (words) => control?.tell({ type: 'log', level: 'error', message: words }),
    note: (words) => control?.tell({ type: 'log', level: 'warn', message: words.slice(0, 500) }),
    async close() {
      stopOrphan();
      sessions.close();
      warmLines.close();
      taps.close();
      lines.close();
      await Promise.all([whep.close(), control?.close(), heads?.close()]);
    },
  };
}

type Told = Extract<Command, { type: 'cameras' }>['cameras'][number];

function withoutUndefined({ id, addresses: { main, sub } }: Told): GatewayCamera {
  return { id, addresses: { ...(main === undefined ? {} : { main }), ...(sub === undefined ? {} : { sub }) } };
}
