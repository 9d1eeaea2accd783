import type { Bridge, Transport } from '../../core/rpc/transport.ts';

/** A pipe within the process. `pause` lets nothing out of main's side until it is called off: a window that reads slowly. */
export interface MemoryPipe {
  readonly bridge: Bridge;
  /** Main's ends, one for each connection, oldest first. */
  readonly transports: Transport[];
  onTransport(listener: (transport: Transport) => void): void;
  pause(): () => void;
  /** New connections are refused with this reason, or none any more. */
  refuse(reason: 'gone' | 'refused' | null): void;
}

export function createMemoryPipe(): MemoryPipe {
  const transports: Transport[] = [];
  let accept: (transport: Transport) => void = () => {};
  let gate: Promise<void> = Promise.resolve();
  let refusal: 'gone' | 'refused' | null = null;

  return {
    transports,
    onTransport(listener) {
      accept = listener;
    },
    pause() {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    refuse(reason) {
      refusal = reason;
    },
    bridge: {
      async connect({ onText, onClose }) {
        if (refusal) throw new Error(refusal);
        let closed = false;
        let read: (text: string) => void = () => {};
        let closeHeard: () => void = () => {};
        const close = () => {
          if (closed) return;
          closed = true;
          queueMicrotask(() => {
            closeHeard();
            onClose('gone');
          });
        };
        const transport: Transport = {
          async send(text) {
            await gate;
            if (closed) throw new Error('closed');
            onText(text);
          },
          onText(listener) {
            read = listener;
          },
          onClose(listener) {
            closeHeard = listener;
            if (closed) listener();
          },
          close,
        };
        transports.push(transport);
        accept(transport);
        return {
          async send(text) {
            await Promise.resolve();
            if (!closed) read(text);
          },
          close,
        };
      },
    },
  };
}
