import type { RtspResponse } from './message.ts';
import { headerOf } from './message.ts';

const absolute = /^rtsps?:\/\//i;

/** What relative control addresses of a description are relative to (RFC 2326 §C.1.1): Content-Base, Content-Location, the request. */
export function baseUrl(describe: RtspResponse, requestUrl: string): string {
  const offered = [headerOf(describe, 'content-base'), headerOf(describe, 'content-location')];
  // Cameras are seen to send an empty or a relative one.
  return offered.find((url) => url !== undefined && absolute.test(url)) ?? requestUrl;
}

/**
 * The address of a track or of the whole presentation from its `a=control`. A relative one is appended to the base, query
 * included, and not resolved as RFC 3986 would: `rtsp://host/cam?ch=1` with `trackID=0` is `rtsp://host/cam?ch=1/trackID=0`
 * at the cameras that use queries, whose base has no closing slash in many firmwares.
 */
export function controlUrl(base: string, control: string | null): string {
  if (control === null || control === '' || control === '*') return base;
  if (absolute.test(control)) return control;
  if (control.startsWith('?')) return base + control;
  return `${base.replace(/\/$/, '')}/${control.replace(/^\//, '')}`;
}
