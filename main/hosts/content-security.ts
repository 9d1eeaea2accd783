/**
 * What a window may load and run: nothing but our own files, spoken to our own origin only. One policy for both hosts.
 *
 * `style=` attributes set through the DOM (React's way) are not inline styles to CSP; `<style>` tags and event attributes
 * are refused. Trusted Types: no string becomes markup or a script address unless a policy of ours named `deedban` made
 * it (a worker's address needs one).
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob: mediastream:",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types deedban',
].join('; ');

/** Features no window of a wall uses; what is not named keeps its default (autoplay, full screen, gamepads, the wake lock). */
const deniedFeatures = [
  'accelerometer',
  'attribution-reporting',
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** The header `Permissions-Policy`. */
export const permissionsPolicy = deniedFeatures.map((feature) => `${feature}=()`).join(', ');
