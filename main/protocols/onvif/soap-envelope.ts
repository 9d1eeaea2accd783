import { OnvifFailure, type OnvifFailureCode, shortWords } from './onvif-failure.ts';
import { child, readXml, textOf, type XmlElement } from './read-xml.ts';
import { type ServiceName, xmlNames } from './xml-names.ts';

/** A SOAP 1.2 envelope around one request. `header` and `body` are XML already. */
export function soapEnvelope(body: string, header = ''): string {
  const spaces = (['device', 'media', 'ptz', 'imaging'] as const).map((name) => `xmlns:${prefixes[name]}="${xmlNames[name]}"`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<s:Envelope xmlns:s="${xmlNames.soap}" xmlns:tt="${xmlNames.schema}" ${spaces.join(' ')}>`,
    header === '' ? '' : `<s:Header>${header}</s:Header>`,
    `<s:Body xmlns:xsi="${xmlNames.schemaInstance}" xmlns:xsd="${xmlNames.schemaTypes}">${body}</s:Body></s:Envelope>`,
  ].join('');
}

/** The prefixes that the bodies of requests use. */
export const prefixes = { device: 'tds', media: 'trt', ptz: 'tptz', imaging: 'timg' } as const;

/**
 * A request of one service with its vocabulary as the default one, as most clients write it: some devices look for elements by their
 * written name. `body` has the service's prefix.
 */
export function soapRequest(service: ServiceName, body: string, header = ''): string {
  const prefix = prefixes[service];
  // Texts are escaped: what looks like a tag is one.
  const plain = body.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');
  return soapEnvelope(plain.replace(/^<(\w+)/, `<$1 xmlns="${xmlNames[service]}"`), header);
}

/** What is in the body. Throws `OnvifFailure`: `not-understood`, or what the fault in it means. */
export function readSoap(bytes: Uint8Array): XmlElement {
  const envelope = readXml(bytes);
  const [answer] = child(envelope, 'Body')?.children ?? [];
  if (envelope.name !== 'Envelope' || answer === undefined)
    throw new OnvifFailure('not-understood', 'the answer was not understood: it is no SOAP');
  if (answer.name === 'Fault') throw faultFailure(answer);
  return answer;
}

const meanings: readonly (readonly [words: RegExp, code: OnvifFailureCode])[] = [
  [/NotAuthorized|FailedAuthentication|InvalidSecurity|OperationProhibited|AuthorityFailure/i, 'refused'],
  [/ActionNotSupported|OptionalActionNotImplemented|NotSupported|NoPTZ|PTZNotSupported|NoImaging/i, 'not-able'],
  [/NoToken|NoEntity|NoProfile|NoSource|InvalidPreset|NoPreset|TokenDoesNotExist/i, 'gone'],
];

/** Codes and subcodes (SOAP 1.2 §5.4.6) or, of devices that answer in SOAP 1.1, `faultcode`. */
function faultFailure(fault: XmlElement): OnvifFailure {
  const codes: string[] = [textOf(fault, 'faultcode')];
  for (let code = child(fault, 'Code'); code !== undefined; code = child(code, 'Subcode')) codes.push(textOf(code, 'Value'));
  const named = codes.map((code) => code.replace(/^.*:/, '')).filter((code) => code !== '');
  const code = meanings.find(([words]) => named.some((name) => words.test(name)))?.[1] ?? 'fault';
  const reason = shortWords(textOf(fault, 'Reason', 'Text') || textOf(fault, 'faultstring'));
  return new OnvifFailure(
    code,
    `the camera refused: ${[shortWords(named.join('/')), reason].filter(Boolean).join(', ') || 'no reason given'}`,
  );
}
