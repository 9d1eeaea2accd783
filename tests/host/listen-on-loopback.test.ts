import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { BrowserHostProblem, listenOnLoopback } from '../../main/hosts/browser/listen-on-loopback.ts';

const servers: Server[] = [];
const server = () => {
  const made = createServer();
  servers.push(made);
  return made;
};
afterEach(() => {
  for (const each of servers.splice(0)) each.close();
});

describe('the port of the browser host', () => {
  it('is the preferred one where it is free, else any', async () => {
    const free = await listenOnLoopback(server(), null, null);
    servers.pop()?.close();
    expect(await listenOnLoopback(server(), null, free)).toBe(free);
    const other = await listenOnLoopback(server(), null, free);
    expect(other).not.toBe(free);
    expect(other).toBeGreaterThan(0);
  });

  it('is the one that was asked for, or a problem in words', async () => {
    const taken = await listenOnLoopback(server(), null, null);
    const refused = listenOnLoopback(server(), taken, null);
    await expect(refused).rejects.toThrow(BrowserHostProblem);
    await expect(refused).rejects.toThrow(`Port ${taken} cannot be used: another program has it.`);
  });

  it('is on loopback only', async () => {
    const made = server();
    await listenOnLoopback(made, null, null);
    expect(made.address()).toMatchObject({ address: '127.0.0.1' });
  });
});
