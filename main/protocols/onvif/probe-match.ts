import { nameInScopes } from './device-service.ts';
import { OnvifFailure } from './onvif-failure.ts';
import { child, childrenOf, readXml, textOf, type XmlElement } from './read-xml.ts';
import { xmlNames } from './xml-names.ts';
import { escapeXml } from './xml-text.ts';

/** A device that answered a probe. Nothing of it is believed but that somebody answers there. */
export interface FoundDevice {
  /** Its device service. */
  readonly url: string;
  /** What it calls itself; empty where it does not. */
  readonly name: string;
  readonly hardware: string;
}

/** A datagram is never longer than this (SOAP-over-UDP §2); a longer one is cut off by the network anyway. */
const longestBytes = 65_507;

/** A probe for devices with video (WS-Discovery §5.2, ONVIF Core §7.3.4). */
export function probeMessage(messageId: string): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${xmlNames.soap}" xmlns:a="${xmlNames.addressing}"><s:Header>`,
    `<a:MessageID>${escapeXml(messageId)}</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>`,
    `<a:Action>${xmlNames.discovery}/Probe</a:Action></s:Header><s:Body><d:Probe xmlns:d="${xmlNames.discovery}">`,
    `<d:Types xmlns:dn="${xmlNames.network}">dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>`,
  ].join('');
}

/** The devices in an answer to this probe; none in what answers another, or is no answer. Never throws. */
export function readProbeMatches(bytes: Uint8Array, messageId: string): readonly FoundDevice[] {
  if (bytes.length > longestBytes) return [];
  try {
    const envelope = readXml(bytes);
    if (textOf(envelope, 'Header', 'RelatesTo') !== messageId) return [];
    return childrenOf(child(envelope, 'Body', 'ProbeMatches'), 'ProbeMatch')
      .slice(0, 16)
      .flatMap(deviceOf);
  } catch (error) {
    if (error instanceof OnvifFailure) return [];
    throw error;
  }
}

function deviceOf(match: XmlElement): FoundDevice[] {
  const url = textOf(match, 'XAddrs')
    .split(/\s+/)
    .slice(0, 16)
    .find((address) => isUsable(address));
  if (url === undefined) return [];
  const scopes = textOf(match, 'Scopes').split(/\s+/).slice(0, 64);
  const hardware =
    scopes.map((scope) => /\/hardware\/([^/\s]{1,120})$/.exec(scope)?.[1]).find((each) => each !== undefined) ?? '';
  return [{ url, name: nameInScopes(scopes), hardware }];
}

/** Link-local addresses of version 6 need a zone that nobody told; an address never carries a password. */
function isUsable(address: string): boolean {
  if (address.length > 500 || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  return (protocol === 'http:' || protocol === 'https:') && !hostname.startsWith('[fe80') && username === '' && password === '';
}
