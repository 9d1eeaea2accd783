import { type Browser, chromium, type Page } from 'playwright';

/** A page with nothing but video elements and peer connections; HTTP is spoken for it by the test. */
export interface PlainPage {
  readonly page: Page;
  /** Opens a session in a new video element; resolves to its number and the HTTP answer. */
  open(
    streamUrl: string,
    token: string,
    change?: (answer: string) => string,
  ): Promise<{ tile: number; status: number; location: string; etag: string; offer: string }>;
  facts(tile: number): Promise<{
    frames: number;
    width: number;
    state: string;
    lastFrameAgoMs: number;
    firstFrameMs: number;
    ageMs: number;
    /** Each presented picture's RTP timestamp and width, the newest 500. */
    presented: { rtpTimestamp: number; width: number }[];
    packetsLost: number;
    stats: Record<string, number>;
  }>;
  closeTile(tile: number): Promise<void>;
  close(): Promise<void>;
}

export async function openPlainPage(): Promise<PlainPage> {
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: false,
    args: ['--autoplay-policy=no-user-gesture-required'],
  });
  const page = await browser.newPage();
  await page.setContent('<!doctype html><body></body>');
  await page.evaluate(pageScript);
  return {
    page,
    async open(streamUrl, token, change = (answer) => answer) {
      const { tile, offer } = await page.evaluate<{ tile: number; offer: string }>('plain.offer()');
      const response = await fetch(streamUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` },
        body: offer,
      });
      const body = await response.text();
      if (response.status === 201) await page.evaluate(`plain.answer(${tile}, ${JSON.stringify(change(body))})`);
      const header = (name: string): string => response.headers.get(name) ?? '';
      return { tile, status: response.status, location: header('location'), etag: header('etag'), offer };
    },
    facts: (tile) => page.evaluate(`plain.facts(${tile})`),
    async closeTile(tile) {
      await page.evaluate(`plain.close(${tile})`);
    },
    close: () => browser.close(),
  };
}

const pageScript = `
const tiles = [];
globalThis.plain = {
  async offer() {
    const connection = new RTCPeerConnection();
    const video = document.createElement('video');
    video.muted = true; video.autoplay = true; video.width = 160;
    document.body.append(video);
    const tile = { connection, video, frames: 0, startMs: performance.now(), firstFrameMs: -1, lastMs: 0, presented: [] };
    connection.addTransceiver('video', { direction: 'recvonly' });
    connection.ontrack = ({ track }) => { video.srcObject = new MediaStream([track]); };
    const count = (now, metadata) => {
      tile.ageMs = metadata.captureTime === undefined ? -1 : performance.now() - metadata.captureTime;
      if (tile.firstFrameMs < 0) tile.firstFrameMs = performance.now() - tile.startMs;
      tile.presented.push({ rtpTimestamp: metadata.rtpTimestamp, width: metadata.width });
      if (tile.presented.length > 500) tile.presented.shift();
      tile.frames += 1; tile.lastMs = performance.now();
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    const index = tiles.push(tile) - 1;
    await connection.setLocalDescription();
    return { tile: index, offer: connection.localDescription.sdp };
  },
  answer(index, sdp) {
    tiles[index].answeredMs = performance.now();
    return tiles[index].connection.setRemoteDescription({ type: 'answer', sdp });
  },
  async facts(index) {
    const tile = tiles[index];
    const stats = {};
    for (const report of (await tile.connection.getStats()).values())
      if (report.type === 'inbound-rtp' || report.type === 'remote-outbound-rtp')
        for (const [key, value] of Object.entries(report)) if (typeof value === 'number') stats[report.type + '.' + key] = value;
    return {
      frames: tile.frames, width: tile.video.videoWidth, state: tile.connection.connectionState,
      lastFrameAgoMs: performance.now() - tile.lastMs, firstFrameMs: tile.firstFrameMs,
      presented: tile.presented, ageMs: tile.ageMs ?? -1, packetsLost: stats['inbound-rtp.packetsLost'] ?? 0, stats,
    };
  },
  close(index) { tiles[index].connection.close(); tiles[index].video.remove(); },
};
`;
