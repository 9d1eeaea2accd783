import type { Page } from 'playwright';
import type { UdpRelay } from './udp-relay.ts';

/**
 * From now on the media of every WHEP session this page opens passes through the relay. The page and the gateway are as they are: offers
 * go on without the page's own addresses (the gateway would find a way past the relay), answers come with the relay's.
 */
export async function sendThroughRelay(page: Page, relay: UdpRelay): Promise<void> {
  await page.route('**/whep/**', async (route) => {
    const request = route.request();
    if (request.method() === 'PATCH') return route.fulfill({ status: 204 });
    if (request.method() !== 'POST') return route.continue();
    const offer = (request.postData() ?? '').replace(/^a=candidate:.*\r?\n/gim, '');
    try {
      const response = await route.fetch({ postData: offer, maxRedirects: 0 });
      const answer = await response.text();
      const body = response.status() === 201 ? await relay.through(answer) : answer;
      await route.fulfill({ response, body });
    } catch {
      // The page went while it was asked for.
      await route.abort().catch(() => {});
    }
  });
}
