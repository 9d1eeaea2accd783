import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { controlVersion } from '../../main/gateway/control.ts';
import type { GatewayCamera } from '../../main/ports/media-gateway.ts';
import { type Command, createControlServer } from '../../main/gateway/control-server.ts';
import { createSourceLines } from '../../main/gateway/source-lines.ts';
import { camerasInParts, connectControl } from '../../main/supervision/control-client.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { makeCameras } from '../support/make-cameras.ts';
import { until } from '../support/until.ts';

const province = (count: number): GatewayCamera[] =>
  makeCameras(count, 1).map(({ camera, addresses }) => ({ id: camera.id, addresses }));

async function connected() {
  const folder = mkdtempSync(join(tmpdir(), 'deedban-lists-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [path, key] = [join(folder, 'control'), 'k'.repeat(16)];
  const heard: Extract<Command, { type: 'cameras' }>[] = [];
  const ended: string[] = [];
  const server = await createControlServer({
    clock: systemClock,
    path,
    key,
    onMain: (present) => {
      if (!present) return;
      server.tell({ type: 'ready', version: controlVersion, pid: 1, whepUrl: 'http://127.0.0.1:1/whep' });
      server.tell({ type: 'told' });
    },
    onCommand: (command) => {
      if (command.type === 'cameras') heard.push(command);
    },
  });
  const control = await connectControl({ clock: systemClock, path, key, onNews: () => {}, onEnd: (why) => ended.push(why) });
  onTestFinished(async () => {
    control.close();
    await server.close();
  });
  const lists = () => heard.filter(({ last }) => last).length;
  return { control, heard, lists, ended };
}

describe('telling the gateway its cameras', () => {
  it('cuts a hundred thousand into parts, in order, of which the last is marked', async () => {
    const { control, heard, lists, ended } = await connected();
    const all = province(100_000);
    control.setCameras(all);
    await until('the list came', () => lists() === 1);
    expect(heard.flatMap(({ cameras }) => cameras.map(({ id }) => id))).toEqual(all.map(({ id }) => id));
    expect(heard.slice(0, -1).every(({ last, cameras }) => !last && cameras.length <= 1_000)).toBe(true);
    expect(ended).toEqual([]);
  });

  it('ends a list before it begins the next, and leaves out those that are old by then', async () => {
    const { control, heard, lists } = await connected();
    for (const count of [3_000, 2_000, 10]) control.setCameras(province(count));
    await until('both lists came', () => lists() === 2);
    expect(heard.map(({ cameras, last }) => [cameras.length, last])).toEqual([
      [1_000, false],
      [1_000, false],
      [1_000, true],
      [10, true],
    ]);
  });

  it('says so where there is none', () => {
    expect([...camerasInParts([])]).toEqual([[]]);
  });
});

describe('the lines of the gateway', () => {
  it('are made when somebody looks for one, and then are the same', () => {
    const gone: unknown[] = [];
    const lines = createSourceLines({
      clock: createFakeClock(),
      random: () => 0.5,
      makers: { forAddress: () => () => ({ close: () => {} }) },
      mostPayloadBytes: 1_200,
      onState: () => {},
      onProblem: () => {},
      onGone: (line) => gone.push(line),
    });
    lines.setCameras(province(5));
    const line = lines.find('c-3', 'main');
    expect([line === null, lines.find('c-3', 'main') === line, lines.find('x', 'main')]).toEqual([false, true, null]);
    lines.setCameras(province(2));
    expect([gone.length, gone[0] === line, lines.find('c-3', 'main')]).toEqual([1, true, null]);
    lines.close();
  });
});
