import { expect, test } from 'vitest';
import { basicAuthorization, createAuthorization, digestAuthorization } from '../../main/protocols/rtsp/authorization.ts';
import { parseChallenges, strongestChallenge } from '../../main/protocols/rtsp/challenge.ts';

function digestChallenge(text: string) {
  const [challenge] = parseChallenges([text]);
  if (challenge?.scheme !== 'digest') throw new Error('no digest challenge');
  return challenge;
}

function responseOf(header: string): string | undefined {
  return /response="([0-9a-f]+)"/.exec(header)?.[1];
}

const rfc7616 =
  'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
])('the answer to %s is the one published in RFC 7616 §3.9.1', (algorithm, response) => {
  const header = digestAuthorization({
    challenge: digestChallenge(`Digest ${rfc7616}, algorithm=${algorithm}`),
    credentials: { user: 'Mufasa', password: 'Circle of Life' },
    method: 'GET',
    uri: '/dir/index.html',
    nonceCount: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  });
  expect(responseOf(header)).toBe(response);
  expect(header).toContain('nc=00000001');
  expect(header).toContain('qop=auth,');
  expect(header).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
});

test('the answer with qop is the one published in RFC 2617 §3.5', () => {
  const header = digestAuthorization({
    challenge: digestChallenge(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    ),
    credentials: { user: 'Mufasa', password: 'Circle Of Life' },
    method: 'GET',
    uri: '/dir/index.html',
    nonceCount: 1,
    cnonce: '0a4f113b',
  });
  expect(responseOf(header)).toBe('6629fae49393a05397450978507c4ef1');
});

test('the answer without qop is the one published for RFC 2069, in its erratum 749', () => {
  const header = digestAuthorization({
    challenge: digestChallenge('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'),
    credentials: { user: 'Mufasa', password: 'CircleOfLife' },
    method: 'GET',
    uri: '/dir/index.html',
    nonceCount: 1,
    cnonce: 'not used',
  });
  expect(responseOf(header)).toBe('1949323746fe6a43ef61f9606e7febea');
  expect(header).not.toMatch(/cnonce|qop|nc=|algorithm/);
});

test('the answer to Basic is the one published in RFC 7617 §2', () => {
  expect(basicAuthorization({ user: 'Aladdin', password: 'open sesame' })).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
});

test('every use of a nonce is counted and has its own client nonce', () => {
  const authorization = createAuthorization(digestChallenge(`Digest ${rfc7616}`), { user: 'a', password: 'b' });
  const headers = ['DESCRIBE', 'SETUP', 'PLAY'].map((method) => authorization.next(method, 'rtsp://camera/'));
  expect(headers.map((header) => /nc=(\w+)/.exec(header)?.[1])).toEqual(['00000001', '00000002', '00000003']);
  expect(new Set(headers.map((header) => /cnonce="(\w+)"/.exec(header)?.[1])).size).toBe(3);
});

test('the strongest offer is taken, in one header or in several', () => {
  const basic = 'Basic realm="cam"';
  const md5 = 'Digest realm="cam", nonce="n1"';
  const sha = 'Digest realm="cam", nonce="n2", algorithm=SHA-256, qop="auth"';
  const pick = (values: readonly string[]) => {
    const challenge = strongestChallenge(parseChallenges(values));
    return challenge?.scheme === 'digest' ? challenge.algorithm : challenge?.scheme;
  };
  expect(pick([basic])).toBe('basic');
  expect(pick([basic, md5])).toBe('MD5');
  expect(pick([`${basic}, ${md5}`])).toBe('MD5');
  expect(pick([md5, sha, basic])).toBe('SHA-256');
  expect(pick([`${sha}, ${md5}, ${basic}`])).toBe('SHA-256');
  expect(pick([])).toBeUndefined();
});

test('an offer that cannot be answered is left out', () => {
  expect(parseChallenges(['Negotiate', 'Digest realm="a", nonce="n", algorithm=SHA-512-256'])).toEqual([]);
  expect(parseChallenges(['Digest realm="a", nonce="n", qop="auth-int"', 'Digest realm="no nonce"'])).toEqual([]);
});

test('quoted text may hold commas, equal signs and escaped quotes, and goes back escaped', () => {
  const challenge = digestChallenge(String.raw`digest Realm="a, b=\"c\"" , NONCE="n=,=" , stale=TRUE`);
  expect(challenge).toMatchObject({ realm: 'a, b="c"', nonce: 'n=,=', stale: true });
  const header = createAuthorization(challenge, { user: 'x"y', password: 'p' }).next('OPTIONS', 'rtsp://c/');
  expect(header).toContain(String.raw`username="x\"y"`);
  expect(header).toContain(String.raw`realm="a, b=\"c\""`);
});
