import type { Bridge } from '../core/rpc/transport.ts';
import { ipcChannels } from '../core/rpc/ipc-channels.ts';

/** What of Electron's `ipcRenderer` is used. */
export interface IpcRenderer {
  invoke(channel: string, ...values: unknown[]): Promise<unknown>;
  send(channel: string, ...values: unknown[]): void;
  on(channel: string, listener: (event: unknown, ...values: unknown[]) => void): unknown;
}

/**
 * The window's end of the pipe, for the preload. Errors carry one word (`gone`, `refused`), because only an error's
 * message crosses the context bridge. No zod and nothing of Node here: this runs sandboxed in every window.
 */
export function createIpcBridge(ipcRenderer: IpcRenderer, newName: () => string): Bridge {
  const open = new Map<string, Parameters<Bridge['connect']>[0]>();

  ipcRenderer.on(ipcChannels.toWindow, (_event, connection, sequence, text) => {
    if (typeof connection !== 'string' || typeof text !== 'string') return;
    ipcRenderer.send(ipcChannels.arrived, connection, sequence);
    open.get(connection)?.onText(text);
  });
  ipcRenderer.on(ipcChannels.closed, (_event, connection) => {
    if (typeof connection === 'string') end(connection);
  });

  function end(connection: string): void {
    const listeners = open.get(connection);
    open.delete(connection);
    listeners?.onClose('gone');
  }

  return {
    async connect(listeners) {
      const connection = newName();
      open.set(connection, listeners);
      const answer = await ipcRenderer.invoke(ipcChannels.open, connection).catch(() => 'gone');
      if (answer !== 'open') {
        open.delete(connection);
        throw new Error(answer === 'refused' ? 'refused' : 'gone');
      }
      return {
        async send(text) {
          if (!open.has(connection)) throw new Error('gone');
          const taken = await ipcRenderer.invoke(ipcChannels.toMain, connection, text).catch(() => 'gone');
          if (taken !== 'taken') throw new Error('gone');
        },
        close() {
          ipcRenderer.send(ipcChannels.close, connection);
          end(connection);
        },
      };
    },
  };
}
