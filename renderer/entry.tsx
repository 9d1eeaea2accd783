// Once per program: evens out what browsers still do differently in WebRTC.
import 'webrtc-adapter';
import '@fontsource-variable/inter';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../core/rpc/transport.ts';
import { App } from './app/app.tsx';
import { createDeedbanClient } from './app/client.ts';
import { createMediaToken } from './app/media-token.ts';
import { loadWords } from './app/words.ts';
import { createWallStreams } from './features/wall/wall-streams.ts';
import { createDecoderProbe } from './media/decoder-probe.ts';
import { openPeer } from './media/peer-session.ts';
import { createStreamPool } from './media/stream-pool.ts';
import { createWhepClient } from './media/whep-client.ts';

declare global {
  interface Window {
    /** Laid by the preload; absent where this page was opened by something else. */
    readonly deedban?: Bridge;
  }
}

/** Without a preload there is nobody to talk to, and the wall says so. */
const noBridge: Bridge = { connect: () => Promise.reject(new Error('refused')) };

await loadWords();
const client = createDeedbanClient(window.deedban ?? noBridge);
const whep = createWhepClient({
  fetch: (input, init) => fetch(input, init),
  origin: location.origin,
  token: createMediaToken(client, () => performance.now()),
  utcMs: () => Date.now(),
});
const decoderProbe = createDecoderProbe(navigator.mediaCapabilities);
const pool = createStreamPool({ whep, openPeer, decoderProbe, document });

const place = document.getElementById('app');
if (place) createRoot(place).render(<App client={client} streams={createWallStreams(client, pool)} />);
