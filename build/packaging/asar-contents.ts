import { open } from 'node:fs/promises';
import { z } from 'zod';

/** A file inside an archive; `unpacked` ones lie beside it, in `<archive>.unpacked`. */
export interface ArchivedFile {
  readonly path: string;
  readonly unpacked: boolean;
  readonly size: number;
  read(): Promise<Buffer>;
}

type Node =
  | { files: Record<string, Node> }
  | { size: number; offset?: string | undefined; unpacked?: boolean | undefined }
  | { link: string };
const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.union([
    z.object({ files: z.record(z.string(), nodeSchema) }),
    z.object({ size: z.number(), offset: z.string().optional(), unpacked: z.boolean().optional() }),
    z.object({ link: z.string() }),
  ]),
);
const headerLimitBytes = 64 * 1024 * 1024;

/**
 * The files of an asar archive by path (`out/gateway.js`). The format is Electron's
 * (https://github.com/electron/asar#format): two pickled sizes, the header as JSON, then the files end to end.
 */
export async function readArchive(archive: string): Promise<ReadonlyMap<string, ArchivedFile>> {
  const sizes = await readPart(archive, 0, 16);
  const pickleBytes = sizes.readUInt32LE(4);
  const jsonBytes = sizes.readUInt32LE(12);
  if (jsonBytes > headerLimitBytes || jsonBytes > pickleBytes) throw new Error(`${archive} is not an asar archive.`);
  const header = nodeSchema.parse(JSON.parse((await readPart(archive, 16, jsonBytes)).toString('utf8')));
  const files = new Map<string, ArchivedFile>();
  add(header, '');
  return files;

  function add(node: Node, path: string): void {
    if ('files' in node) {
      for (const [name, child] of Object.entries(node.files)) add(child, path === '' ? name : `${path}/${name}`);
    } else if ('size' in node) {
      const unpacked = node.unpacked === true;
      const start = 8 + pickleBytes + Number(node.offset ?? 0);
      const read = () => (unpacked ? readPart(`${archive}.unpacked/${path}`, 0, node.size) : readPart(archive, start, node.size));
      files.set(path, { path, unpacked, size: node.size, read });
    }
  }
}

async function readPart(path: string, start: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const part = Buffer.alloc(length);
    const { bytesRead } = await file.read(part, 0, length, start);
    if (bytesRead !== length) throw new Error(`${path} ends too early.`);
    return part;
  } finally {
    await file.close();
  }
}
