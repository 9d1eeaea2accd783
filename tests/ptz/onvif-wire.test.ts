import { createSocket } from 'node:dgram';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { OnvifFailure } from '../../main/protocols/onvif/onvif-failure.ts';
import { probeMessage, readProbeMatches } from '../../main/protocols/onvif/probe-match.ts';
import { fromRange, fromWhole, intoRange, intoWhole } from '../../main/protocols/onvif/ptz-vector.ts';
import { child, numberOf, readXml, textOf } from '../../main/protocols/onvif/read-xml.ts';
import { readSoap, soapEnvelope, soapRequest } from '../../main/protocols/onvif/soap-envelope.ts';
import { readSystemTime } from '../../main/protocols/onvif/system-time.ts';
import { passwordDigest, usernameToken } from '../../main/protocols/onvif/username-token.ts';
import { discoverDevices } from '../../main/protocols/onvif/ws-discovery.ts';
import { durationMs, escapeXml, numberText, secondsText } from '../../main/protocols/onvif/xml-text.ts';
import { sampled } from '../support/sampled.ts';

const bytes = (text: string) => Buffer.from(text);
const codeOf = (doing: () => unknown): string => {
  try {
    doing();
  } catch (error) {
    if (error instanceof OnvifFailure) return error.code;
    throw error;
  }
  return 'done';
};

describe('XML from a camera', () => {
  it('is read by local names, with text as it is written', () => {
    const root = readXml(
      bytes(
        '<?xml version="1.0"?><a:x xmlns:a="u" n="007"><b:y>  007 </b:y><y m="&#34;">&lt;&#x6a9;&amp;<![CDATA[&lt;]]></y></a:x>',
      ),
    );
    expect(root.name).toBe('x');
    expect(root.attributes['n']).toBe('007');
    expect(root.children.map(({ text }) => text)).toEqual(['007', '<ک&&lt;']);
  });

  it('is read in UTF-16 where its mark says so', () => {
    expect(readXml(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<x>ک</x>', 'utf16le')])).text).toBe('ک');
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'Bad Request'],
    ['not closed', '<a><b></a>'],
    ['two documents', '<a/><b/>'],
    ['cut off', '<a><b>text'],
    ['a document type', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['an entity', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a document type in odd letters', '<!doctype a><a/>'],
    ['as deep as a well', '<a>'.repeat(500) + '</a>'.repeat(500)],
    ['more parts than any camera has', `<a>${'<b/>'.repeat(60_000)}</a>`],
  ])('is refused where it is %s', (_, text) => {
    expect(codeOf(() => readXml(bytes(text)))).toBe('not-understood');
  });

  it('never does anything but read or refuse, whatever comes', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'a',
      'b:c',
      ' x="',
      '"',
      '&',
      '&#0;',
      '&lt;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '__proto__',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(['done', 'not-understood']).toContain(codeOf(() => readXml(bytes(pieces.join('')))));
      }),
      sampled(500, 50_000),
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('carries any text there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const root = readXml(bytes(`<a n="${escapeXml(text)}"><b>${escapeXml(text)}</b></a>`));
        const kept = text.replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '');
        expect(textOf(root, 'b').replaceAll(/\s+/g, ' ')).toBe(kept.trim().replaceAll(/\s+/g, ' '));
      }),
      sampled(200, 20_000),
    );
  });
});

describe('numbers and times in XML', () => {
  it('are numbers, and nothing that only looks like one', () => {
    expect(['1', '-.5', '1e-3', '+2.'].map(numberOf)).toEqual([1, -0.5, 0.001, 2]);
    expect(['', 'NaN', 'INF', '0x10', '1e999', ' 1', '١'].map(numberOf)).toEqual(Array(7).fill(null));
    expect(numberText(0.1 + 0.2)).toBe('0.3');
    expect(numberText(1e-9)).toBe('0');
  });

  it('of a duration are read and written', () => {
    expect(['PT1S', 'PT1.5S', 'PT2M', 'P1DT1H', 'P', 'PT', '1S', 'P1Y'].map(durationMs)).toEqual([
      1_000,
      1_500,
      120_000,
      90_000_000,
      null,
      null,
      null,
      null,
    ]);
    expect(secondsText(200)).toBe('PT1S');
    expect(secondsText(2_000)).toBe('PT2S');
  });

  it('of the camera’s clock are UTC, or nothing where they are impossible', () => {
    const time = (year: string, hour: string) =>
      readSystemTime(
        readXml(
          bytes(
            `<r><SystemDateAndTime><UTCDateTime><Time><Hour>${hour}</Hour><Minute>5</Minute><Second>6</Second></Time><Date><Year>${year}</Year><Month>2</Month><Day>3</Day></Date></UTCDateTime></SystemDateAndTime></r>`,
          ),
        ),
      );
    expect(time('2026', '4')).toBe(Date.UTC(2026, 1, 3, 4, 5, 6));
    expect(time('0', '4')).toBeNull();
    expect(time('2026', '25')).toBeNull();
    expect(readSystemTime(readXml(bytes('<r/>')))).toBeNull();
  });

  it('of a space go there and back', () => {
    const ranges = [
      { min: -1, max: 1 },
      { min: -7, max: 7 },
      { min: -20, max: 90 },
      { min: 0, max: 360 },
    ];
    for (const range of ranges) {
      for (const part of [-1, -0.25, 0, 0.5, 1]) expect(fromRange(intoRange(part, range), range)).toBeCloseTo(part);
      for (const part of [0, 0.3, 1]) expect(fromWhole(intoWhole(part, range), range)).toBeCloseTo(part);
    }
    expect(intoRange(0, { min: -20, max: 90 })).toBe(0);
    expect(intoRange(9, { min: -1, max: 1 })).toBe(1);
  });
});

describe('the proof of a password', () => {
  it('is the digest of ONVIF’s own example', () => {
    const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64');
    expect(passwordDigest(nonce, '2010-09-16T07:50:45Z', 'userpassword')).toBe('tuOSpGlFlIXsozq4HFNeeGeFLEI=');
  });

  it('has the camera’s time in it, and not the password', () => {
    const token = usernameToken({ user: 'a<b', password: 'geheim' }, Date.UTC(2026, 0, 2));
    expect(token).toContain('2026-01-02T00:00:00.000Z');
    expect(token).toContain('a&lt;b');
    expect(token).not.toContain('geheim');
  });
});

describe('a fault', () => {
  const fault = (subcode: string) =>
    `<s:Envelope xmlns:s="x"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:InvalidArgVal</s:Value><s:Subcode><s:Value>ter:${subcode}</s:Value></s:Subcode></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`;
  it.each([
    ['NotAuthorized', 'refused'],
    ['ActionNotSupported', 'not-able'],
    ['NoToken', 'gone'],
    ['NoProfile', 'gone'],
    ['InvalidVelocity', 'fault'],
  ])('%s means %s', (subcode, code) => {
    expect(codeOf(() => readSoap(bytes(fault(subcode))))).toBe(code);
  });

  it('of SOAP 1.1 is understood too', () => {
    const old =
      '<E:Envelope xmlns:E="x"><E:Body><E:Fault><faultcode>E:Client.NotAuthorized</faultcode><faultstring>x</faultstring></E:Fault></E:Body></E:Envelope>';
    expect(
      codeOf(() => readSoap(bytes(old.replaceAll('E:Env', 'Env').replaceAll('E:Body', 'Body').replaceAll('E:Fault', 'Fault')))),
    ).toBe('refused');
  });
});

describe('discovery', () => {
  const answer = (relatesTo: string, xaddrs: string) =>
    `<s:Envelope xmlns:s="x"><s:Header><a:RelatesTo xmlns:a="y">${relatesTo}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches xmlns:d="z"><d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/Gate%202 onvif://www.onvif.org/hardware/DS-2</d:Scopes><d:XAddrs>${xaddrs}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;

  it('finds devices once each, and hears no other probe’s answers', async () => {
    const device = createSocket('udp4');
    await new Promise<void>((resolve) => device.bind(0, '127.0.0.1', resolve));
    onTestFinished(() => void device.close());
    let probes = 0;
    const done = new AbortController();
    device.on('message', (message, from) => {
      probes += 1;
      const id = textOf(readXml(message), 'Header', 'MessageID');
      for (const text of [
        '<garbage',
        answer('urn:uuid:other', 'http://192.0.2.9/x'),
        answer(id, 'http://[fe80::1]/x http://192.0.2.8/onvif/device_service'),
      ])
        device.send(text, from.port, from.address);
      if (probes === 2)
        device.send(answer(id, 'http://192.0.2.7/onvif/device_service'), from.port, from.address, () =>
          setImmediate(() => done.abort()),
        );
    });
    const to = { address: '127.0.0.1', port: device.address().port };
    const found = await discoverDevices(['127.0.0.1', '192.0.2.1'], { clock: systemClock, to, signal: done.signal });
    expect(found.failed).toEqual(['192.0.2.1']);
    expect(found.devices).toContainEqual({ url: 'http://192.0.2.8/onvif/device_service', name: 'Gate 2', hardware: 'DS-2' });
    expect(found.devices.length).toBeLessThanOrEqual(2);
  });

  it('asks for what ONVIF says, and believes no address with a password', () => {
    expect(textOf(readXml(bytes(probeMessage('urn:uuid:1'))), 'Body', 'Probe', 'Types')).toBe('dn:NetworkVideoTransmitter');
    expect(readProbeMatches(bytes(answer('urn:uuid:1', 'http://u:p@192.0.2.8/x')), 'urn:uuid:1')).toEqual([]);
    expect(readProbeMatches(bytes(answer('urn:uuid:1', 'file:///etc/passwd')), 'urn:uuid:1')).toEqual([]);
  });
});

it('a request is written without a prefix, as devices know it that look for written names', () => {
  const request = soapRequest('ptz', '<tptz:Stop><tptz:ProfileToken>a &lt;tptz:b</tptz:ProfileToken></tptz:Stop>');
  expect(request).toContain('<Stop xmlns="http://www.onvif.org/ver20/ptz/wsdl"><ProfileToken>a &lt;tptz:b</ProfileToken></Stop>');
  expect(textOf(readXml(bytes(request)), 'Body', 'Stop', 'ProfileToken')).toBe('a <tptz:b');
});

it('an envelope is itself XML that can be read', () => {
  const envelope = readXml(bytes(soapEnvelope('<tptz:Stop/>', '<x/>')));
  expect(child(envelope, 'Body')?.children[0]?.name).toBe('Stop');
});
