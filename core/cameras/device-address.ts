import { parseStreamAddress } from './address.ts';
import { type Parsed, refused, taken } from './parsed.ts';

/** Where ONVIF devices answer unless they were set up otherwise (ONVIF Core §5.1.1). */
const usualPath = '/onvif/device_service';

/**
 * A device's service from what a person typed: a host, `host:port`, or the whole address. Never with user or password: those are typed beside it.
 * No reason repeats any part of it.
 */
export function parseDeviceAddress(text: string): Parsed<string> {
  const typed = text.trim();
  const address = parseStreamAddress(/^[a-z]{1,8}:\/\//i.test(typed) ? typed : `http://${typed}`);
  if (!address.ok) return address;
  const { scheme, url, credentials } = address.value;
  if (scheme !== 'http' && scheme !== 'https') return refused('a device is asked by http:// or https://');
  if (credentials !== null) return refused('user and password are typed in their own fields');
  return taken(new URL(url).pathname === '/' ? new URL(usualPath, url).href : url);
}
