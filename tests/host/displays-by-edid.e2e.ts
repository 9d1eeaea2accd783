import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEdid } from '../../main/hosts/edid.ts';
import { until } from '../support/until.ts';
import { plugIn } from '../support/x-edid.ts';
import { edidHex } from './support/edid-text.ts';
import { startWallOnDisplays, type WallOnDisplays } from './support/wall-on-displays.ts';

const [width, height] = [960, 540];
const dell = edidHex({ product: 0xa07a, serial: 17, name: 'DELL U2415' });
const eizo = edidHex({ product: 0x2456, serial: 3, name: 'EV2456' });
const idOf = (edid: string) => `e-${readEdid(edid)?.digest}`;

let wall: WallOnDisplays;
const become = (edids: Readonly<Record<string, string | null>>) => plugIn(wall.xorg.env, edids);
beforeAll(async () => {
  const size = { count: 2, width, height };
  wall = await startWallOnDisplays(size, (xorg) => plugIn(xorg.env, { DUMMY0: dell, DUMMY1: eizo }));
});
afterAll(() => wall?.close());

/** Waits until there are just these windows: on the left, and on the right. */
const stand = (left: string, right: string) =>
  until(
    `${left} stands on the left and ${right} on the right`,
    () => {
      const places = wall.places();
      const on = (id: string, x: number) => places.get(id) === `${width}x${height}+${x}+0 visible`;
      return places.size === 2 && on(left, 0) && on(right, width);
    },
    60_000,
  );
const names = () => wall.feature.known.current().map(({ id, name, connector }) => [id, name, connector]);

describe('two monitors that say who they are, on a real X server', () => {
  it('are known by that, and each has its window', async () => {
    await stand(idOf(dell), idOf(eizo));
    expect(names()).toEqual([
      [idOf(dell), 'DELL U2415', 'DUMMY0'],
      [idOf(eizo), 'EV2456', 'DUMMY1'],
    ]);
  });

  it('take their windows along when their cables are exchanged', async () => {
    await stand(idOf(dell), idOf(eizo));
    const before = wall.program.open();
    await become({ DUMMY0: eizo, DUMMY1: dell });
    await stand(idOf(eizo), idOf(dell));
    expect(names()).toEqual([
      [idOf(dell), 'DELL U2415', 'DUMMY1'],
      [idOf(eizo), 'EV2456', 'DUMMY0'],
    ]);
    expect(before.map(({ closed }) => closed)).toEqual([false, false]);
    await become({ DUMMY0: dell, DUMMY1: eizo });
    await stand(idOf(dell), idOf(eizo));
  });

  it('wait for a monitor that another one took the place of', async () => {
    await stand(idOf(dell), idOf(eizo));
    const other = edidHex({ product: 0x1111, name: 'Other' });
    await become({ DUMMY1: other });
    await stand(idOf(dell), idOf(other));
    const waiting = wall.feature.known.current().find(({ id }) => id === idOf(eizo));
    expect(waiting).toMatchObject({ number: 2, connected: false });
    await become({ DUMMY1: eizo });
    await stand(idOf(dell), idOf(eizo));
  });

  it('are told apart by their connectors where both say the same, and the one that was there first stays itself', async () => {
    await stand(idOf(dell), idOf(eizo));
    await become({ DUMMY1: dell });
    const twin = `${idOf(dell)}-DUMMY1`;
    await stand(idOf(dell), twin);
    const before = wall.program.open();
    await wall.xorg.arrange([
      { output: 'DUMMY0', width, height, x: width, y: 0 },
      { output: 'DUMMY1', width, height, x: 0, y: 0 },
    ]);
    await stand(twin, idOf(dell));
    expect(before.map(({ closed }) => closed)).toEqual([false, false]);
  });
});
