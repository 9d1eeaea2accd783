/** The one origin that windows of this host have: a scheme of our own, so that nothing comes from a network or from `file:`. */
export const appScheme = 'app';
export const appOrigin = 'app://deedban';
export const appStartUrl = `${appOrigin}/`;

/** Whether an address is one of our own pages or files. Reads the prefix: a custom scheme has no origin in Node's URL. */
export function isOwnUrl(url: string): boolean {
  return url.startsWith(appStartUrl);
}
