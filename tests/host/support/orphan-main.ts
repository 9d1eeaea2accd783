// A main that starts a browser, says so on stdout, and waits to be killed.
import { findChromium } from '../../../main/hosts/browser/find-chromium.ts';
import { startChromium } from '../../../main/hosts/browser/chromium-process.ts';
import { systemClock } from '../../../main/ports/clock.ts';

const path = findChromium();
if (path === null) throw new Error('there is no browser');
const sandbox = process.env['CI'] !== 'true';
const chromium = await startChromium({ path, sandbox, headless: { width: 640, height: 360 }, clock: systemClock });
process.stdout.write(`${chromium.pid}\n`);
setInterval(() => {}, 60_000);
