/** What of Electron's `app` is used. */
export interface InstanceLock {
  requestSingleInstanceLock(): boolean;
  on(event: 'second-instance', listener: () => void): unknown;
}

/**
 * Whether this is the only Deedban on its data. A second one ends, and the first hears of it through `onSecond`: whoever
 * started it wants to see the wall. The lock lies in `userData`, so set that path first.
 */
export function becomeOnlyInstance(app: InstanceLock, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
