import type { HostAbout } from '../../core/host/host.contract.ts';

type KioskAbilities = Omit<HostAbout['abilities']['kiosk'], 'on'>;

/** What the Electron host itself keeps people from in a kiosk; the rest is the system's to do (README). */
export const electronKiosk: KioskAbilities = {
  enforced: ['full-screen', 'navigation', 'new-windows', 'devtools', 'closing'],
  notEnforced: ['vt-switch', 'other-programs', 'power'],
};

/**
 * What the browser host keeps people from. Windows that were led away, closed or uncovered come back within seconds, and foreign ones are
 * closed; but Chromium has keys of its own for its developer tools and for closing, which only a policy of the system takes away.
 */
export const browserKiosk: KioskAbilities = {
  enforced: ['full-screen', 'navigation', 'new-windows'],
  notEnforced: ['vt-switch', 'other-programs', 'power', 'closing', 'devtools'],
};
