import { appScheme } from './own-origin.ts';

export interface SchemeRegistry {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void;
}

/**
 * Makes `app:` a real origin (standard, a secure context, usable with fetch). Must be called before the program is
 * ready, and once only. No `bypassCSP`, no service workers, no CORS: none of them is needed to show a wall.
 */
export function registerAppScheme(protocol: SchemeRegistry): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}
