import type { Page } from 'playwright';
import { until } from '../until.ts';

const counting = `(() => {
  const own = RTCPeerConnection.prototype;
  const { getStats } = own;
  const decoding = new WeakSet();
  window.decodingConnections = 0;
  own.getStats = async function (...args) {
    const report = await getStats.apply(this, args);
    const hasPicture = [...report.values()].some(({ type, frameWidth }) => type === 'inbound-rtp' && frameWidth > 0);
    if (hasPicture && !decoding.has(this)) {
      decoding.add(this);
      window.decodingConnections += 1;
    }
    return report;
  };
})()`;

/** Counts from now on the page's connections of which the page itself has read that a picture was decoded: one that was prepared is ready then. */
export const countDecoding = (page: Page) => page.evaluate(counting);

/** Waits until there are so many. */
export const decodingConnections = (page: Page, count: number) =>
  until(`${count} connections decode`, async () => (await page.evaluate('window.decodingConnections')) === count);
