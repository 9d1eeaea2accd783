import { connectX, padded, type XConnection, type XServer } from './x-connection.ts';

/** The core protocol's, and those of RandR 1.3 (randrproto.txt). */
const [internAtom, grabServer, ungrabServer, getInputFocus] = [16, 36, 37, 43];
const [getScreenResources, getOutputInfo, changeOutputProperty, deleteOutputProperty] = [8, 9, 13, 14];
/** The predefined atom of whole numbers: what drivers give an EDID as. */
const integerType = 19;

/**
 * Has an output's display say this of itself (an EDID in hexadecimal; null: nothing), as the driver of a real graphics card would where a monitor is
 * plugged in. Needed for the dummy driver, whose outputs say nothing; xrandr sets only what is there already. Rejects where there is no such output.
 */
export async function plugIn(server: XServer, edids: Readonly<Record<string, string | null>>): Promise<void> {
  const x = await connectX(server);
  try {
    const major = await x.extension('RANDR');
    const outputs = await outputsOf(x, major);
    const atom = await atomOf(x, 'EDID');
    // Nobody sees some of them changed and some not: who reads between the two would see a monitor twice.
    x.write(words([grabServer, 0, 1]));
    for (const [name, edid] of Object.entries(edids)) {
      const output = outputs.get(name);
      if (output === undefined) throw new Error(`there is no output ${name}`);
      const data = Buffer.from(edid ?? '', 'hex');
      if (edid === null) x.write(words([major, deleteOutputProperty, 3], output, atom));
      else
        x.write(
          words([major, changeOutputProperty, 6 + data.length / 4], output, atom, integerType, 8, data.length),
          padded(data),
        );
    }
    // The next answer comes when all before was done; a fault would come instead of it.
    x.write(words([ungrabServer, 0, 1]), words([getInputFocus, 0, 1]));
    const answer = await x.read(32);
    if (answer[0] === 0) throw new Error(`the X server refused an EDID with its error ${answer[1]}`);
  } finally {
    x.close();
  }
}

async function outputsOf(x: XConnection, major: number): Promise<ReadonlyMap<string, number>> {
  x.write(words([major, getScreenResources, 2], x.root));
  const head = await x.read(32);
  const rest = await x.read(head.readUInt32LE(4) * 4);
  const time = head.readUInt32LE(12);
  const [controllers, count] = [head.readUInt16LE(16), head.readUInt16LE(18)];
  const found = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const output = rest.readUInt32LE((controllers + index) * 4);
    x.write(words([major, getOutputInfo, 3], output, time));
    const first = await x.read(32);
    const all = Buffer.concat([first, await x.read(first.readUInt32LE(4) * 4)]);
    const nameAt = 36 + 4 * (all.readUInt16LE(26) + all.readUInt16LE(28) + all.readUInt16LE(32));
    found.set(all.subarray(nameAt, nameAt + all.readUInt16LE(34)).toString('latin1'), output);
  }
  return found;
}

async function atomOf(x: XConnection, name: string): Promise<number> {
  x.write(Buffer.from([internAtom, 0, 2 + Math.ceil(name.length / 4), 0, name.length, 0, 0, 0]), padded(Buffer.from(name)));
  return (await x.read(32)).readUInt32LE(8);
}

/** A request's first word, and the words after it. */
function words(head: readonly [number, number, number], ...rest: readonly number[]): Buffer {
  const request = Buffer.alloc(4 + 4 * rest.length);
  request.set([head[0], head[1]]);
  request.writeUInt16LE(head[2], 2);
  for (const [index, value] of rest.entries()) request.writeUInt32LE(value, 4 + 4 * index);
  return request;
}
