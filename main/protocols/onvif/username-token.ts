import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../../../core/cameras/camera.ts';
import { escapeXml } from './xml-text.ts';
import { xmlNames } from './xml-names.ts';

/**
 * The header of WS-Security's UsernameToken with a password digest (OASIS UsernameToken Profile 1.1 §3.1; ONVIF Core §5.9.1):
 * `Base64(SHA-1(nonce + created + password))`. SHA-1 is the profile's, not our choice.
 *
 * @param cameraUtcMs what the camera's own clock says now: it refuses what was made at another time
 */
export function usernameToken(credentials: Credentials, cameraUtcMs: number, nonce: Buffer = randomBytes(16)): string {
  const created = new Date(cameraUtcMs).toISOString();
  const digest = passwordDigest(nonce, created, credentials.password);
  return [
    `<wsse:Security s:mustUnderstand="1" xmlns:wsse="${xmlNames.security}" xmlns:wsu="${xmlNames.utility}"><wsse:UsernameToken>`,
    `<wsse:Username>${escapeXml(credentials.user)}</wsse:Username>`,
    `<wsse:Password Type="${xmlNames.passwordDigest}">${digest}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${xmlNames.base64}">${nonce.toString('base64')}</wsse:Nonce>`,
    `<wsu:Created>${created}</wsu:Created>`,
    '</wsse:UsernameToken></wsse:Security>',
  ].join('');
}

export function passwordDigest(nonce: Buffer, created: string, password: string): string {
  return createHash('sha1').update(nonce).update(created).update(password).digest('base64');
}
