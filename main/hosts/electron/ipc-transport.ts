import { maxTextLength } from '../../../core/rpc/envelope.ts';
import type { Transport } from '../../../core/rpc/transport.ts';
import { ipcChannels } from '../../../core/rpc/ipc-channels.ts';

/** Texts that may wait for the first `onText`, and texts sent that the window has not yet taken. */
const waitingLimit = 256;

/** What of a window's web contents one pipe uses. */
export interface PipeContents {
  isDestroyed(): boolean;
  send(channel: string, ...values: unknown[]): void;
}

/** Main's end of one connection; the two `on…` are fed by the ipc server. */
export interface IpcPipe {
  readonly transport: Transport;
  /** False once closed, and where the text breaks the limits, which also closes. */
  onTextFromWindow(text: unknown): boolean;
  onArrived(sequence: unknown): void;
}

/**
 * A transport over Electron's ipc. `send` resolves when the window's process has the text, which is how main notices
 * one that hangs: Electron's own `send` would queue without end. `onEnd` is called once, whoever closed.
 */
export function createIpcPipe(contents: PipeContents, connection: string, onEnd: () => void): IpcPipe {
  let open = true;
  let sequence = 0;
  let onText: ((text: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  const early: string[] = [];
  const sent = new Map<number, { resolve(): void; reject(error: Error): void }>();

  function close(): void {
    if (!open) return;
    open = false;
    for (const { reject } of sent.values()) reject(new Error('The window is gone.'));
    sent.clear();
    early.length = 0;
    if (!contents.isDestroyed()) contents.send(ipcChannels.closed, connection);
    onEnd();
    onClose?.();
  }

  const transport: Transport = {
    send(text) {
      if (!open) return Promise.reject(new Error('The window is gone.'));
      if (text.length > maxTextLength) return Promise.reject(new Error('The text is too large to send.'));
      if (sent.size >= waitingLimit) {
        close();
        return Promise.reject(new Error('The window does not read.'));
      }
      sequence += 1;
      const own = sequence;
      return new Promise((resolve, reject) => {
        sent.set(own, { resolve, reject });
        contents.send(ipcChannels.toWindow, connection, own, text);
      });
    },
    onText(listener) {
      onText = listener;
      for (const text of early.splice(0)) listener(text);
    },
    onClose(listener) {
      if (open) onClose = listener;
      else listener();
    },
    close,
  };

  return {
    transport,
    onTextFromWindow(text) {
      if (!open) return false;
      if (typeof text !== 'string' || text.length > maxTextLength || early.length >= waitingLimit) {
        close();
        return false;
      }
      if (onText === null) early.push(text);
      else onText(text);
      return true;
    },
    onArrived(value) {
      if (typeof value !== 'number') return;
      const waiting = sent.get(value);
      sent.delete(value);
      waiting?.resolve();
    },
  };
}
