import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { answerLimitMs, createLimitedHttp } from '../../main/protocols/onvif/limited-http.ts';
import { OnvifFailure } from '../../main/protocols/onvif/onvif-failure.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';

/** A server that answers as it is told. */
async function serving(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: new URL(`http://127.0.0.1:${address.port}/x`) };
}
const ask = (url: URL) => ({ url, body: '<x/>', contentType: 'text/xml', authorization: null });
async function failureOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof OnvifFailure) return error.code;
    throw error;
  }
  return 'answered';
}

describe('HTTP with a camera', () => {
  it('that drips is given up after five seconds', async () => {
    const clock = createFakeClock();
    let begun = false;
    const { url } = await serving((_, response) => {
      response.writeHead(200).write('<a>');
      begun = true;
    });
    const http = createLimitedHttp(clock);
    onTestFinished(() => http.close());
    const asked = failureOf(http.post(ask(url)));
    await until('it drips', () => begun);
    clock.pass(answerLimitMs);
    expect(await asked).toBe('silent');
    expect(clock.waiting()).toBe(0);
  });

  it('goes on a fresh connection where the camera closed the kept one', async () => {
    const { server, url } = await serving((request, response) => void request.resume().on('end', () => response.end('ok')));
    const http = createLimitedHttp(systemClock);
    onTestFinished(() => http.close());
    for (let round = 0; round < 5; round += 1) {
      expect((await http.post(ask(url))).body.toString()).toBe('ok');
      server.closeIdleConnections();
    }
  });

  it('follows it to another path of its own host, not in a circle and not elsewhere', async () => {
    const { url } = await serving((request, response) => {
      if (request.url === '/x') response.writeHead(308, { location: '/y' }).end();
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else if (request.url === '/away') response.writeHead(302, { location: 'http://localhost:1/' }).end();
      else response.end('there');
    });
    const http = createLimitedHttp(systemClock);
    onTestFinished(() => http.close());
    expect((await http.post(ask(url))).body.toString()).toBe('there');
    expect(await failureOf(http.post(ask(new URL('/round', url))))).toBe('not-understood');
    expect(await failureOf(http.post(ask(new URL('/away', url))))).toBe('moved-elsewhere');
  });

  it('takes no more than a mebibyte, said or not, and nothing packed', async () => {
    const { url } = await serving((request, response) => {
      if (request.url === '/said') response.writeHead(200, { 'content-length': 2_000_000 }).end(Buffer.alloc(2_000_000));
      else if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else response.end(Buffer.alloc(1_048_577));
    });
    const http = createLimitedHttp(systemClock);
    onTestFinished(() => http.close());
    expect(await failureOf(http.post(ask(new URL('/said', url))))).toBe('too-large');
    expect(await failureOf(http.post(ask(url)))).toBe('too-large');
    expect(await failureOf(http.post(ask(new URL('/packed', url))))).toBe('not-understood');
  });

  it('says that nobody is there without saying where', async () => {
    const { server, url } = await serving(() => {});
    await new Promise((resolve) => server.close(resolve));
    const http = createLimitedHttp(systemClock);
    onTestFinished(() => http.close());
    await expect(http.post(ask(url))).rejects.toThrow('the camera cannot be reached (ECONNREFUSED)');
  });
});
