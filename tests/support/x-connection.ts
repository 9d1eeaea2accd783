import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

/** What a client of an X server needs in its environment. */
export interface XServer {
  readonly DISPLAY: string;
  readonly XAUTHORITY: string;
}

/** A connection that speaks the X protocol, least byte first; one request at a time. */
export interface XConnection {
  write(...parts: readonly Buffer[]): void;
  /** Exactly so many bytes of what the server answers. Rejects when the connection ends before. */
  read(count: number): Promise<Buffer>;
  /** The opcode of an extension's requests. Rejects where the server has none of that name. */
  extension(name: string): Promise<number>;
  /** A name for something new of ours. */
  newId(): number;
  /** The root window of its first screen. */
  readonly root: number;
  close(): void;
}

const queryExtension = 98;

/** Connects to the X server. Rejects where it does not let this client in. */
export async function connectX(server: XServer): Promise<XConnection> {
  const socket = connect(`/tmp/.X11-unix/X${server.DISPLAY.replace(':', '')}`);
  const read = reader(socket);
  const write = (...parts: readonly Buffer[]) => void socket.write(Buffer.concat(parts));
  const secret = (await readFile(server.XAUTHORITY)).subarray(-16);
  const scheme = Buffer.from('MIT-MAGIC-COOKIE-1');
  write(Buffer.from([0x6c, 0, 11, 0, 0, 0, scheme.length, 0, secret.length, 0, 0, 0]), padded(scheme), secret);
  const welcome = await read(8);
  const setup = await read(welcome.readUInt16LE(6) * 4);
  if (welcome[0] !== 1) throw new Error('the X server does not let this client in');
  // After 32 bytes: the vendor's name, the formats of pictures, then the screens, each with its root first.
  const firstScreen = 32 + Math.ceil(setup.readUInt16LE(16) / 4) * 4 + setup.readUInt8(21) * 8;
  let id = setup.readUInt32LE(4);
  return {
    write,
    read,
    newId: () => (id += 1),
    root: setup.readUInt32LE(firstScreen),
    async extension(name) {
      write(Buffer.from([queryExtension, 0, 2 + Math.ceil(name.length / 4), 0, name.length, 0, 0, 0]), padded(Buffer.from(name)));
      const answer = await read(32);
      if (answer[8] !== 1) throw new Error(`the X server has no ${name} extension`);
      return answer.readUInt8(9);
    },
    close: () => socket.destroy(),
  };
}

/** Filled up to whole words. */
export function padded(text: Buffer): Buffer {
  return Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4)]);
}

/** Reads exact numbers of bytes, one reader at a time. Rejects when the connection ends before. */
function reader(socket: Socket): (count: number) => Promise<Buffer> {
  let held = Buffer.alloc(0);
  let wake = () => {};
  let ended = false;
  socket.on('data', (data: Buffer) => {
    held = Buffer.concat([held, data]);
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  socket.on('error', end).on('close', end);
  return async (count) => {
    while (held.length < count) {
      if (ended) throw new Error('the X server has closed the connection');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  };
}
