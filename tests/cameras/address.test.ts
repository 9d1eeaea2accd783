import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealWords } from '../../core/cameras/hidden-words.ts';
import { addressMaxLength, parseStreamAddress, parseStreamWays } from '../../core/cameras/address.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';

describe('an address of a stream', () => {
  it.each([
    ['rtsp://192.0.2.1/main', 'rtsp://192.0.2.1/main', null],
    ['rtsp://admin:secret@192.0.2.1:554/main?channel=1', 'rtsp://192.0.2.1:554/main?channel=1', ['admin', 'secret']],
    ['  RTSP://Admin:Secret@Camera.example:0554/Main  ', 'rtsp://camera.example:554/Main', ['Admin', 'Secret']],
    ['rtsps://u:p@[2001:DB8::1]:322/x', 'rtsps://[2001:db8::1]:322/x', ['u', 'p']],
    ['http://host:8889/cam/whep', 'http://host:8889/cam/whep', null],
    ['http://host:1984/api/webrtc?src=cam', 'http://host:1984/api/webrtc?src=cam', null],
    ['https://u:p@host/whep', 'https://host/whep', ['u', 'p']],
    ['http://host:80/x', 'http://host:80/x', null],
    ['rtsp://host', 'rtsp://host/', null],
    ['rtsp://host?a=1', 'rtsp://host/?a=1', null],
    ['rtsp://admin@host/', 'rtsp://host/', ['admin', '']],
    ['rtsp://:secret@host/', 'rtsp://host/', ['', 'secret']],
    ['rtsp://@host/', 'rtsp://host/', null],
    ['rtsp://admin:p@ss:w@rd@host/x', 'rtsp://host/x', ['admin', 'p@ss:w@rd']],
    ['rtsp://admin:%2F%3F%23%40%3A%25%5C@host/x', 'rtsp://host/x', ['admin', '/?#@:%\\']],
    ['rtsp://admin:%D8%B1%D8%A7%D8%B2@host/x', 'rtsp://host/x', ['admin', 'راز']],
    ['rtsp://host/کیمرہ', 'rtsp://host/%DA%A9%DB%8C%D9%85%D8%B1%DB%81', null],
    ['rtsp://host/a%40b', 'rtsp://host/a%40b', null],
  ] as const)('%s is read as %s', (text, url, credentials) => {
    const scheme = url.slice(0, url.indexOf(':'));
    expect(parseStreamAddress(text)).toEqual({
      ok: true,
      value: { scheme, url, credentials: credentials === null ? null : { user: credentials[0], password: credentials[1] } },
    });
  });

  it.each([
    ['', 'empty'],
    ['camera 1', 'starts with rtsp://'],
    ['admin:planted@host', 'starts with rtsp://'],
    ['rtsp:/host/x', 'starts with rtsp://'],
    ['constructor://host/x', 'starts with rtsp://'],
    ['file:///etc/passwd', 'file:'],
    ['sim:3', 'sim:'],
    ['SIM://3', 'sim:'],
    ['rtmp://host/x', 'rtmp:'],
    ['ftp://host/x', 'starts with rtsp://'],
    ['rtsp://admin:pa/ss@host/x', '%2F %3F %23'],
    ['rtsp://admin:12/34@host/x', '%2F %3F %23'],
    ['rtsp://admin:pa?ss@host/x', '%2F %3F %23'],
    ['rtsp://admin:pa#ss@host/x', '%2F %3F %23'],
    ['rtsp://admin:a@b/c@host/x', '%2F %3F %23'],
    ['rtsp://admin:pa ss@host/x', 'spaces'],
    ['rtsp://admin:pa\nss@host/x', 'control characters'],
    ['http://admin:pa\\ss@host/x', 'backslash'],
    ['rtsp://admin:50%off@host/x', '%25'],
    ['rtsp://admin:%FF@host/x', 'not UTF-8'],
    ['rtsp://admin:a%0d%0aX@host/x', 'control characters'],
    ['rtsp://ad%3Amin:x@host/x', 'colon'],
    [`rtsp://admin:${'x'.repeat(257)}@host/`, 'longer than 256'],
    ['rtsp://host:0/x', 'port'],
    ['rtsp://host:70000/x', 'port'],
    ['rtsp://host:abc/x', 'host or its port'],
    ['rtsp:///x', 'host or its port'],
    ['rtsp://[::1/x', 'host or its port'],
    ['rtsp://[12345::]/x', 'not a name'],
    ['rtsp://a%00b/x', 'not a name'],
    ['rtsp://host/x#y', '%23'],
    [`rtsp://host/${'x'.repeat(addressMaxLength)}`, 'longer than 2048'],
  ])('%j is refused in words', (text, words) => {
    const parsed = parseStreamAddress(text);
    expect(parsed).toEqual({ ok: false, reason: expect.stringContaining(words) });
    expect(JSON.stringify(parsed)).not.toMatch(/planted|pa.?ss@|50%off/);
  });

  const words = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));

  it(
    'gives back any user and password that were written as RFC 3986 wants, and an address without them',
    () => {
      fc.assert(
        fc.property(
          words.filter((user) => !user.includes(':')),
          words,
          fc.constantFrom('rtsp', 'rtsps', 'http', 'https'),
          (user, password, scheme) => {
            const parsed = parseStreamAddress(
              `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@192.0.2.1:554/main`,
            );
            expect(parsed).toEqual({
              ok: true,
              value: { scheme, url: `${scheme}://192.0.2.1:554/main`, credentials: { user, password } },
            });
          },
        ),
        sampled(500, 50_000),
      );
    },
    sampledLimitMs,
  );

  it(
    'never leaves a raw password in the address or in a reason, and never crashes',
    () => {
      fc.assert(
        fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.string({ maxLength: 10 }), (odd, user) => {
          const password = `Pl4nted${odd}S3cret`;
          const parsed = parseStreamAddress(`rtsp://${user}:${password}@192.0.2.1/main`);
          if (parsed.ok) expect(parsed.value.url).not.toMatch(/Pl4nted|S3cret/);
          else expect(parsed.reason).not.toMatch(/Pl4nted|S3cret/);
        }),
        sampled(1_000, 100_000),
      );
    },
    sampledLimitMs,
  );

  it(
    'reads every address it gave out as the same address',
    () => {
      fc.assert(
        fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['rtsp', 'http', 'https'] }), (text) => {
          const first = parseStreamAddress(text);
          if (!first.ok) return;
          const { hidden: _hidden, ...known } = first.value;
          expect(parseStreamAddress(first.value.url)).toEqual({ ok: true, value: known });
          const url = new URL(first.value.url);
          expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
        }),
        sampled(500, 50_000),
      );
    },
    sampledLimitMs,
  );
});

describe('the ways to a stream', () => {
  const urls = (text: string) => {
    const ways = parseStreamWays(text);
    return ways.ok ? ways.value.map(({ url }) => url) : ways.reason;
  };

  it('are addresses divided by spaces, in their order, each with its own user and password', () => {
    const ways = parseStreamWays(' http://a:one@gate-a/cam/whep  https://gate-b:8443/whep?src=1 rtsp://b:two@10.0.0.9/1 ');
    expect(ways.ok && ways.value).toEqual([
      { scheme: 'http', url: 'http://gate-a/cam/whep', credentials: { user: 'a', password: 'one' } },
      { scheme: 'https', url: 'https://gate-b:8443/whep?src=1', credentials: null },
      { scheme: 'rtsp', url: 'rtsp://10.0.0.9/1', credentials: { user: 'b', password: 'two' } },
    ]);
  });

  it.each([
    ['http://a/1 http://b/2 http://c/3 http://d/4 http://e/5', 'a stream has at most 4 ways'],
    ['http://a/1 http://u:p@a/1', 'way 2: this is the address of an earlier way'],
    ['rtsp://a/1 http://b/2 rtsps://c/3', 'at most one of the ways of a stream starts with rtsp:// or rtsps://'],
    ['http://a/1 srt://b/2', 'way 2: srt: is not spoken; use rtsp:// or a WHEP address'],
    ['http://a/one path', 'the address contains spaces or control characters; write a space as %20'],
    ['http://u:S3cret @a/1', 'the address contains spaces or control characters; write a space as %20'],
  ])('are refused where they make no sense, without a word of them: %s', (text, reason) => {
    expect(urls(text)).toBe(reason);
  });
});

describe('secrets in the path or query of an address', () => {
  it.each([
    ['rtsp://host/user=admin&password=planted&channel=1', 'rtsp://host/user=admin&password=*1*&channel=1', ['planted']],
    [
      'rtsp://host/user=admin_password=pl_anted_channel=1_stream=0.sdp?real_stream',
      'rtsp://host/user=admin_password=*1*_channel=1_stream=0.sdp?real_stream',
      ['pl_anted'],
    ],
    ['http://host/whep?token=planted', 'http://host/whep?token=*1*', ['planted']],
    ['http://host/a?Pwd=one&x=2&SECRET=tw%6f', 'http://host/a?Pwd=*1*&x=2&SECRET=*2*', ['one', 'tw%6f']],
    ['rtsp://u:p@host/x?pass=planted', 'rtsp://host/x?pass=*1*', ['planted']],
  ])('are taken out of %s, and are in it again only for the request', (text, url, hidden) => {
    const parsed = parseStreamAddress(text);
    expect(parsed.ok && parsed.value).toMatchObject({ url, hidden });
    expect(parsed.ok && revealWords(parsed.value)).toBe(text.replace('u:p@', ''));
    // What an export writes is read as the same address, whose secret is not known.
    const again = parseStreamAddress(url);
    expect(again.ok && [again.value.url, again.value.hidden]).toEqual([url, undefined]);
  });

  it.each(['rtsp://host/compass=north', 'rtsp://host/x?password=', 'http://host/bypass/1'])('are not seen in %s', (text) => {
    const parsed = parseStreamAddress(text);
    expect(parsed.ok && [parsed.value.url, parsed.value.hidden]).toEqual([text, undefined]);
  });
});
