/** An output of the graphics card, as `xrandr --props` tells. */
export interface X11Output {
  /** Something is plugged in and answers. A display that sleeps may not. */
  readonly connected: boolean;
  /** It shows a part of the desktop. */
  readonly lit: boolean;
  /** The size of the glass; null where it is not told. */
  readonly millimetres: { readonly width: number; readonly height: number } | null;
  /** What is plugged in says of itself, in hexadecimal; null where it says nothing. */
  readonly edid: string | null;
}

/** Longer than any EDID (256 blocks). */
const edidMaxCharacters = 65_536;

/**
 * Reads `xrandr --current --props`: a line for each output
 * (`HDMI-1 connected primary 1920x1080+0+0 (normal …) 509mm x 286mm`), its properties below it after one tab, their values after two. Of the
 * properties only `EDID` is read. Lines it does not understand are skipped.
 */
export function parseX11Outputs(text: string): ReadonlyMap<string, X11Output> {
  const outputs = new Map<string, X11Output>();
  let name = '';
  let inEdid = false;
  for (const line of text.split('\n')) {
    const head = /^(\S+) (connected|disconnected|unknown connection)\b(?: primary)?( \d+x\d+\+-?\d+\+-?\d+)?/.exec(line);
    if (head) {
      name = head[1] ?? '';
      inEdid = false;
      outputs.set(name, {
        connected: head[2] === 'connected',
        lit: head[3] !== undefined,
        millimetres: millimetresIn(line),
        edid: null,
      });
      continue;
    }
    const value = /^\t\t([0-9a-fA-F]+)\s*$/.exec(line)?.[1];
    const output = outputs.get(name);
    if (inEdid && value !== undefined && output !== undefined) {
      const edid = `${output.edid ?? ''}${value.toLowerCase()}`;
      if (edid.length <= edidMaxCharacters) outputs.set(name, { ...output, edid });
    } else {
      inEdid = /^\tEDID:\s*$/.test(line);
    }
  }
  return outputs;
}

/** `… 509mm x 286mm` at the end; two zeros where nobody knows. */
function millimetresIn(line: string): X11Output['millimetres'] {
  const size = / (\d{1,5})mm x (\d{1,5})mm$/.exec(line);
  const [width, height] = [Number(size?.[1] ?? 0), Number(size?.[2] ?? 0)];
  return width > 0 && height > 0 ? { width, height } : null;
}
