import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { controlVersion, longestLineBytes, type ToMain, toGatewaySchema } from '../../main/gateway/control.ts';
import { createJsonLines } from '../../main/gateway/json-lines.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { connectControl } from '../../main/supervision/control-client.ts';
import { until } from '../support/until.ts';

/** A gateway that greets, and answers pings as long as `answers` says so. */
async function connected() {
  const folder = mkdtempSync(join(tmpdir(), 'deedban-control-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'control');
  const gateway = { answers: true, pings: 0 };
  const server = createServer((socket) => {
    const lines = createJsonLines<Parameters<typeof heard>[0], ToMain>(socket, {
      ...{ schema: toGatewaySchema, longestBytes: longestLineBytes, onEnd() {} },
      onMessage: (message) => heard(message),
    });
    function heard(message: ReturnType<typeof toGatewaySchema.parse>): void {
      if (message.type === 'hello') {
        lines.send({ type: 'ready', version: controlVersion, pid: 1, whepUrl: 'http://127.0.0.1:1/whep' });
        lines.send({ type: 'told' });
      } else if (message.type === 'ping') {
        gateway.pings += 1;
        if (gateway.answers) lines.send({ type: 'pong', id: message.id });
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  let leapMs = 0;
  const clock = {
    utcMs: systemClock.utcMs,
    monotonicMs: () => systemClock.monotonicMs() + leapMs,
    after: (delayMs: number, then: () => void) => systemClock.after(delayMs / 50, then),
  };
  const ended: string[] = [];
  const control = await connectControl({
    ...{ clock, path, key: 'k'.repeat(16), onNews() {} },
    onEnd: (why) => ended.push(why),
  });
  onTestFinished(async () => {
    control.close();
    await new Promise((resolve) => server.close(resolve));
  });
  const leap = (ms: number) => {
    leapMs += ms;
  };
  return { gateway, ended, leap };
}

it('a gateway that answers is not given up, however long main itself was held up', async () => {
  const { gateway, ended, leap } = await connected();
  for (let nap = 1; nap <= 5; nap += 1) {
    leap(60_000);
    const { pings } = gateway;
    await until('main asked some times more', () => gateway.pings > pings + 6);
  }
  expect(ended).toEqual([]);
});

it('a gateway that answers no more is given up after five questions', async () => {
  const { gateway, ended } = await connected();
  await until('it was asked', () => gateway.pings > 3);
  gateway.answers = false;
  await until('it is given up', () => ended.length > 0);
  expect(ended).toEqual(['closed']);
});
