import type { TFunction } from 'i18next';

/** The commands that ONVIF names (PTZ §5.8), and our words for them. */
const named = {
  'tt:wiper|on': 'ptz-auxiliary.wiper-on',
  'tt:wiper|off': 'ptz-auxiliary.wiper-off',
  'tt:washer|on': 'ptz-auxiliary.washer-on',
  'tt:washer|off': 'ptz-auxiliary.washer-off',
  'tt:washingprocedure|on': 'ptz-auxiliary.washing-on',
  'tt:washingprocedure|off': 'ptz-auxiliary.washing-off',
  'tt:irlamp|on': 'ptz-auxiliary.lamp-on',
  'tt:irlamp|off': 'ptz-auxiliary.lamp-off',
  'tt:irlamp|auto': 'ptz-auxiliary.lamp-auto',
} as const;

/** `tt:Wiper|On` in words; what a maker calls its own stays as it is, without the signs. */
export function auxiliaryName(t: TFunction, command: string): string {
  const key = command.toLowerCase();
  return isNamed(key) ? t(named[key]) : command.replace(/^tt:/, '').replaceAll('|', ' ');
}

function isNamed(key: string): key is keyof typeof named {
  return Object.hasOwn(named, key);
}
