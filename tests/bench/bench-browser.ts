import { type Browser, chromium, type Page } from 'playwright';

/** A browser of our own with one page, the same for every wall that is compared. */
export interface BenchBrowser {
  readonly page: Page;
  /** The root of its processes. */
  readonly pid: number;
  /** Opens another page of the same size. */
  openAnother(address: string): Promise<Page>;
  close(): Promise<void>;
}

const size = { width: 1920, height: 1080 };

/** @param before a script that runs in the page ahead of its own; @param prepare what is done to the page before it goes there */
export async function openBenchBrowser(
  address: string,
  before?: string,
  prepare?: (page: Page) => Promise<void>,
): Promise<BenchBrowser> {
  const server = await chromium.launchServer({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      `--window-size=${size.width},${size.height}`,
    ],
  });
  const pid = server.process().pid;
  if (pid === undefined) throw new Error('the browser has no process');
  let browser: Browser | null = null;
  try {
    browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage({ viewport: size });
    if (before !== undefined) await page.addInitScript(before);
    await prepare?.(page);
    await page.goto(address);
    const opened = browser;
    return {
      page,
      pid,
      async openAnother(other) {
        const another = await opened.newPage({ viewport: size });
        await another.goto(other);
        return another;
      },
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
