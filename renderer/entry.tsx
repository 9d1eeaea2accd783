// First of all: see there.
import './app/checked-without-eval.ts';
// Once per program: evens out what browsers still do differently in WebRTC.
import 'webrtc-adapter';
import '@fontsource-variable/inter';
import '@fontsource-variable/noto-naskh-arabic';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../core/rpc/transport.ts';
import { App } from './app/app.tsx';
import { createCameraLookup } from './app/camera-lookup.ts';
import { createDeedbanClient } from './app/client.ts';
import { createDecoderQuestions } from './app/decoder-questions.ts';
import { createHostSaver } from './app/host-saver.ts';
import { createMediaToken } from './app/media-token.ts';
import { beginView } from './app/view-memory.ts';
import { createDirectory } from './features/cameras/directory.ts';
import { startDirectoryWorker } from './features/cameras/start-directory-worker.ts';
import { whenWallIsCalm } from './features/cameras/when-wall-is-calm.ts';
import { followWordScale } from './features/displays/follow-word-scale.ts';
import { secureClips } from './features/evidence/secure-clips.ts';
import { followGiven } from './features/incidents/follow-given.ts';
import { beginSteering } from './features/ptz/begin-steering.ts';
import { followRewinds } from './features/rewind/rewind-view.ts';
import { createWallStreams } from './features/wall/wall-streams.ts';
import { createByAddress } from './media/by-address.ts';
import { createClipMaker } from './media/clip-maker.ts';
import { createConnectionPlaces } from './media/connection-places.ts';
import { dropBallast, watchCollection } from './media/connection-sweep.ts';
import { createDecoderProbe } from './media/decoder-probe.ts';
import { createFrameLines } from './media/frame-lines.ts';
import { watchGpuLoss } from './media/gpu-loss.ts';
import { createKeptLengths } from './media/kept-lengths.ts';
import { pacedPeers } from './media/paced-peers.ts';
import { openPeer } from './media/peer-session.ts';
import { createRewinds } from './media/rewinds.ts';
import { createRings } from './media/rings.ts';
import { startClipWorker } from './media/start-clip-worker.ts';
import { startFrameWorker } from './media/start-frame-worker.ts';
import { startRewindWorker } from './media/start-rewind-worker.ts';
import { createStreamPool } from './media/stream-pool.ts';
import { createTurns } from './media/turns.ts';
import { videoPicture } from './media/video-picture.ts';
import { createWhepClient } from './media/whep-client.ts';

declare global {
  interface Window {
    /** Laid by the preload; absent where this page was opened by something else. */
    readonly deedban?: Bridge;
  }
}

/** Without a preload there is nobody to talk to, and the wall says so. */
const noBridge: Bridge = { connect: () => Promise.reject(new Error('refused')) };

const client = createDeedbanClient(window.deedban ?? noBridge);
const viewBegun = beginView(client, window);
followWordScale(client, document.documentElement);
followRewinds(client);
const token = createMediaToken(client, () => performance.now());
const overFetch: typeof fetch = (input, init) => fetch(input, init);
const whep = createWhepClient({ fetch: overFetch, origin: location.origin, token, utcMs: () => Date.now() });
const byAddress = createByAddress({ fetch: overFetch, origin: location.origin, token, saver: createHostSaver(client) });
beginSteering(client, byAddress, window);
const decoderProbe = createDecoderProbe({
  capabilities: navigator.mediaCapabilities,
  once: createDecoderQuestions(client, navigator.userAgent),
  onGpuLost: (listener) => watchGpuLoss(document, listener),
});
const turns = createTurns({
  requestAnimationFrame: (then) => requestAnimationFrame(then),
  setTimeout: (then, delayMs) => setTimeout(then, delayMs),
  nowMs: () => performance.now(),
});
const frames = createFrameLines(startFrameWorker, performance.timeOrigin);
client.watch('rewind.limits', frames.keep);
const rewinds = createRewinds(startRewindWorker, frames.rings);
const places = createConnectionPlaces({ watch: watchCollection(), collect: dropBallast, nowMs: () => performance.now() });
const tappedPeers = pacedPeers((events) => openPeer(events, frames, places), turns, places);
const pool = createStreamPool({ whep, openPeer: tappedPeers, decoderProbe, places, turns, document });

const rings = createRings(frames.rings);
const maker = createClipMaker(startClipWorker, frames.rings);
followGiven(client);
secureClips({
  ...{ client, maker, rings, byAddress, hold: pool.hold, nowMs: () => performance.now(), random: Math.random },
  async still(camera) {
    const video = document.querySelector<HTMLVideoElement>(`[data-shown="${CSS.escape(camera)}"][data-verdict="live"] video`);
    return video ? videoPicture(video) : null;
  },
});

const calm = () => whenWallIsCalm(client);
const directory = createDirectory({ client, token, startWorker: startDirectoryWorker, calm });
const cameras = createCameraLookup(client, directory);

await viewBegun;
const place = document.getElementById('app');
if (place) {
  const streams = createWallStreams(client, pool, {
    document,
    cores: navigator.hardwareConcurrency,
    kept: createKeptLengths(rings),
    rewinds,
    pixelRatio: () => devicePixelRatio,
    nowMs: () => performance.now(),
  });
  createRoot(place).render(
    <App client={client} streams={streams} byAddress={byAddress} directory={directory} cameras={cameras} rewinds={rewinds} />,
  );
}
