/** The pipe to the process that started us: Node's IPC in the browser host, a message port in Electron. */
export interface ParentPipe {
  post(message: unknown): void;
  /** The first message. */
  onFirst(listener: (message: unknown) => void): void;
  /** The parent went before it said anything. */
  onGone(listener: () => void): void;
}

interface ElectronParentPort {
  postMessage(message: unknown): void;
  once(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Finds the pipe; null where the process was started by hand. */
export function findParentPipe(): ParentPipe | null {
  const port = electronParentPort();
  if (port !== null) {
    return {
      post: (message) => port.postMessage(message),
      onFirst: (listener) => port.once('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself.
      onGone: () => {},
    };
  }
  if (process.send === undefined) return null;
  return {
    post(message) {
      if (process.connected) process.send?.(message, () => {});
    },
    onFirst: (listener) => void process.once('message', listener),
    onGone: (listener) => void process.once('disconnect', listener),
  };
}

function electronParentPort(): ElectronParentPort | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  return isElectronParentPort(port) ? port : null;
}

function isElectronParentPort(port: unknown): port is ElectronParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'once' in port;
}
