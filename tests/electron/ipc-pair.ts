import type { Bridge, Transport } from '../../core/rpc/transport.ts';
import { createIpcBridge } from '../../preload/ipc-bridge.ts';
import { serveIpc } from '../../main/hosts/electron/ipc-server.ts';
import type { Admission } from '../../main/program.ts';
import { PretendContents, PretendIpcMain } from './pretend-electron.ts';
import { createPretendLog } from './pretend-log.ts';

export interface IpcPair {
  /** What the window has as `window.deedban`. */
  readonly bridge: Bridge;
  /** Called with main's end of each connection from now on, instead of `nextTransport`. */
  onTransport(listener: (transport: Transport) => void): void;
  /** Main's end of the window's next connection. */
  nextTransport(): Promise<Transport>;
  readonly ipcMain: PretendIpcMain;
  readonly contents: PretendContents;
  readonly log: ReturnType<typeof createPretendLog>;
  /** What the page's process sends from another frame than the real one. */
  sendAs(frame: { parent: unknown; origin: string } | null, channel: string, ...values: unknown[]): Promise<unknown>;
  close(): void;
}

let lastName = 0;

/** A window and main, joined by Electron's ipc as pretended: order is kept, everything arrives later and as a copy. */
export function createIpcPair(options: { known?: boolean } = {}): IpcPair {
  const ipcMain = new PretendIpcMain();
  const contents = new PretendContents();
  const log = createPretendLog();
  const came: Transport[] = [];
  const waiting: ((transport: Transport) => void)[] = [];
  let onTransport: ((transport: Transport) => void) | null = null;
  const admission: Admission = {
    windowId: 'window-1',
    seat: { number: 1, role: 'supervisor', priority: 50, signedIn: false },
    windowKind: 'wall',
    displayId: 'display-1',
  };
  const server = serveIpc({
    ipcMain,
    admissionOf: (id) => (id === contents.id && options.known !== false ? admission : undefined),
    admit(transport) {
      if (onTransport !== null) return onTransport(transport);
      const first = waiting.shift();
      if (first === undefined) came.push(transport);
      else first(transport);
    },
    log,
  });
  const event = { sender: contents, senderFrame: contents.mainFrame };
  const bridge = createIpcBridge(
    {
      invoke: (channel, ...values) => ipcMain.invoke(event, channel, ...values),
      send(channel, ...values) {
        const copies = structuredClone(values);
        setImmediate(() => ipcMain.emit(channel, event, ...copies));
      },
      on: (channel, listener) => contents.toPreload.on(channel, listener),
    },
    () => {
      lastName += 1;
      return lastName.toString(16).padStart(12, '0');
    },
  );
  return {
    bridge,
    onTransport(listener) {
      onTransport = listener;
    },
    nextTransport() {
      const first = came.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    ipcMain,
    contents,
    log,
    sendAs: (frame, channel, ...values) => ipcMain.invoke({ sender: contents, senderFrame: frame }, channel, ...values),
    close: server.close,
  };
}
