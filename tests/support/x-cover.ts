import { connectX, type XServer } from './x-connection.ts';

/** An opaque window of somebody else, over everything in its place. */
export interface XCover {
  cover(): Promise<void>;
  uncover(): Promise<void>;
  close(): void;
}

const [createWindow, mapWindow, unmapWindow, getInputFocus] = [1, 8, 10, 43];
const [backgroundPixel, overrideRedirect, inputOutput] = [0x2, 0x200, 1];

/** Makes the window, unseen at first. It asks no window manager. */
export async function xCover(
  server: XServer,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<XCover> {
  const connection = await connectX(server);
  const window = connection.newId();
  const request = Buffer.alloc(40);
  request.writeUInt8(createWindow, 0);
  request.writeUInt16LE(10, 2);
  request.writeUInt32LE(window, 4);
  request.writeUInt32LE(connection.root, 8);
  request.writeInt16LE(place.x, 12);
  request.writeInt16LE(place.y, 14);
  request.writeUInt16LE(place.width, 16);
  request.writeUInt16LE(place.height, 18);
  request.writeUInt16LE(inputOutput, 22);
  request.writeUInt32LE(backgroundPixel | overrideRedirect, 28);
  request.writeUInt32LE(1, 36);
  /** Resolves when the server has done it. */
  async function done(...requests: readonly Buffer[]): Promise<void> {
    connection.write(...requests, Buffer.from([getInputFocus, 0, 1, 0]));
    await connection.read(32);
  }
  const about = (opcode: number): Buffer => {
    const bytes = Buffer.from([opcode, 0, 2, 0, 0, 0, 0, 0]);
    bytes.writeUInt32LE(window, 4);
    return bytes;
  };
  await done(request);
  return { cover: () => done(about(mapWindow)), uncover: () => done(about(unmapWindow)), close: connection.close };
}
