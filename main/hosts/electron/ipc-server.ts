import type { Transport } from '../../../core/rpc/transport.ts';
import type { Log } from '../../ports/log.ts';
import type { Admission } from '../../program.ts';
import { ipcChannels } from '../../../core/rpc/ipc-channels.ts';
import { createIpcPipe, type IpcPipe, type PipeContents } from './ipc-transport.ts';
import { appOrigin } from './own-origin.ts';

/** A page needs one connection; a second may overlap while the first one ends. */
const connectionsPerWindow = 4;
const connectionName = /^[0-9a-f-]{8,64}$/;

/** What of Electron's `WebContents` is used. */
export interface IpcContents extends PipeContents {
  readonly id: number;
  on(event: 'did-start-navigation', listener: (details: { isMainFrame: boolean; isSameDocument: boolean }) => void): unknown;
  on(event: 'render-process-gone' | 'destroyed', listener: () => void): unknown;
}

/** What of Electron's ipc events is used. `senderFrame` is null where the frame is gone already. */
export interface IpcEvent {
  readonly sender: IpcContents;
  readonly senderFrame: { readonly parent: unknown; readonly origin: string } | null;
}

/** What of Electron's `ipcMain` is used. */
export interface IpcMain {
  handle(channel: string, answer: (event: IpcEvent, ...values: unknown[]) => unknown): void;
  removeHandler(channel: string): void;
  on(channel: string, listener: (event: IpcEvent, ...values: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: IpcEvent, ...values: unknown[]) => void): unknown;
}

export interface IpcServerSupply {
  readonly ipcMain: IpcMain;
  /** Who a window is; undefined for web contents that are none of our windows. */
  admissionOf(contentsId: number): Admission | undefined;
  admit(transport: Transport, admission: Admission): void;
  readonly log: Log;
}

/**
 * Takes the windows' connections. Every message is checked for its sender: the main frame of a window we opened, on our
 * own origin. A connection ends when its page goes: navigation, crash, or the window's end.
 */
export function serveIpc(supply: IpcServerSupply): { close(): void } {
  const { ipcMain, log } = supply;
  const windows = new Map<number, Map<string, IpcPipe>>();

  /** The connections of a trusted sender; null for everybody else. */
  function connectionsOf(event: IpcEvent): Map<string, IpcPipe> | null {
    const known = supply.admissionOf(event.sender.id) !== undefined;
    const own = event.senderFrame !== null && event.senderFrame.parent === null && event.senderFrame.origin === appOrigin;
    if (!known || !own) {
      log.warn('A message of a foreign page was refused.', { contents: event.sender.id, known });
      return null;
    }
    return windows.get(event.sender.id) ?? watchWindow(event.sender);
  }

  function watchWindow(contents: IpcContents): Map<string, IpcPipe> {
    const pipes = new Map<string, IpcPipe>();
    windows.set(contents.id, pipes);
    const closeAll = () => {
      for (const pipe of [...pipes.values()]) pipe.transport.close();
    };
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) closeAll();
    });
    contents.on('render-process-gone', closeAll);
    contents.on('destroyed', () => {
      closeAll();
      windows.delete(contents.id);
    });
    return pipes;
  }

  function open(event: IpcEvent, connection: unknown): 'open' | 'refused' {
    const pipes = connectionsOf(event);
    const admission = supply.admissionOf(event.sender.id);
    if (pipes === null || admission === undefined) return 'refused';
    if (typeof connection !== 'string' || !connectionName.test(connection) || pipes.has(connection)) return 'refused';
    if (pipes.size >= connectionsPerWindow) {
      log.warn('A window opened too many connections.', { window: admission.displayId });
      return 'refused';
    }
    const pipe = createIpcPipe(event.sender, connection, () => pipes.delete(connection));
    pipes.set(connection, pipe);
    supply.admit(pipe.transport, admission);
    return 'open';
  }

  const pipeOf = (event: IpcEvent, connection: unknown): IpcPipe | undefined =>
    typeof connection === 'string' ? connectionsOf(event)?.get(connection) : undefined;
  const onArrived = (event: IpcEvent, connection: unknown, sequence: unknown) => pipeOf(event, connection)?.onArrived(sequence);
  const onClose = (event: IpcEvent, connection: unknown) => pipeOf(event, connection)?.transport.close();

  ipcMain.handle(ipcChannels.open, open);
  ipcMain.handle(ipcChannels.toMain, (event, connection, text) =>
    pipeOf(event, connection)?.onTextFromWindow(text) === true ? 'taken' : 'gone',
  );
  ipcMain.on(ipcChannels.arrived, onArrived);
  ipcMain.on(ipcChannels.close, onClose);
  return {
    close() {
      ipcMain.removeHandler(ipcChannels.open);
      ipcMain.removeHandler(ipcChannels.toMain);
      ipcMain.removeListener(ipcChannels.arrived, onArrived);
      ipcMain.removeListener(ipcChannels.close, onClose);
      for (const pipes of windows.values()) for (const pipe of [...pipes.values()]) pipe.transport.close();
    },
  };
}
