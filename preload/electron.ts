import { contextBridge, ipcRenderer } from 'electron';
import { createIpcBridge } from './ipc-bridge.ts';

contextBridge.exposeInMainWorld(
  'deedban',
  createIpcBridge(ipcRenderer, () => globalThis.crypto.randomUUID()),
);
