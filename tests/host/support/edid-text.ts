/** A base block as a display would give it: maker and product as numbers, serial, and a name in a descriptor. */
export function edidHex(display: { product: number; serial?: number; name?: string }): string {
  const block = Buffer.alloc(128);
  block.set(Buffer.from('00ffffffffffff00', 'hex'));
  // "DEL" in three times five bits.
  block.writeUInt16BE(0x10ac, 8);
  block.writeUInt16LE(display.product, 10);
  block.writeUInt32LE(display.serial ?? 0, 12);
  block.set([30, 28, 1, 4], 16);
  if (display.name !== undefined) {
    // The second descriptor; the first one is the preferred timing.
    block.set([0, 0, 0, 0xfc, 0], 72);
    block.write(`${display.name}\n`.padEnd(13, ' ').slice(0, 13), 77, 'latin1');
  }
  const sum = block.reduce((total, byte) => total + byte, 0);
  block[127] = (256 - (sum % 256)) % 256;
  return block.toString('hex');
}

/** A monitor as both readings of xrandr show it. */
export interface ShownMonitor {
  readonly output: string;
  readonly x: number;
  readonly edid?: string;
  readonly primary?: boolean;
  /** Plugged in but sleeping: still lit, and silent. */
  readonly asleep?: boolean;
}

/** What `xrandr --current --listmonitors` and `xrandr --current --props` write of monitors of 1920 × 1080, and of one output without any. */
export function xrandrTexts(monitors: readonly ShownMonitor[]): { readonly list: string; readonly props: string } {
  const list = monitors.map(
    ({ output, x, primary }, index) => ` ${index}: +${primary ? '*' : ''}${output} 1920/509x1080/286+${x}+0  ${output}\n`,
  );
  const props = monitors.map(({ output, x, edid, primary, asleep }) =>
    [
      `${output} ${asleep ? 'disconnected' : 'connected'}${primary ? ' primary' : ''} 1920x1080+${x}+0 (normal left inverted right x axis y axis) 509mm x 286mm`,
      ...(edid === undefined || asleep ? [] : ['\tEDID: ', ...(edid.match(/.{1,32}/g) ?? []).map((line) => `\t\t${line}`)]),
      '\tscaling mode: Full aspect ',
      '\t\tsupported: None, Full, Center, Full aspect',
      '\tnon-desktop: 0 ',
      '\t\trange: (0, 1)',
      '   1920x1080     60.00*+  59.94  ',
      '   1280x720      60.00  ',
      '',
    ].join('\n'),
  );
  return {
    list: `Monitors: ${monitors.length}\n${list.join('')}`,
    props: `Screen 0: minimum 320 x 200, current 3840 x 1080, maximum 16384 x 16384\n${props.join('')}DP-9 disconnected (normal left inverted right x axis y axis)\n\tnon-desktop: 0 \n`,
  };
}
