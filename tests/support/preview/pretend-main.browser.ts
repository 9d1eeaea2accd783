// A classic script in place of a preload: main and gateway in small, inside the page, so that the renderer can be looked at and
// driven without them. The contract's texts and the WebRTC connections are real; `window.pretend` pulls the strings.
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import { restingStates, usualAnswers } from './resting-states.browser.ts';
import { createPretendKept } from './pretend-kept.browser.ts';
import { openPicture, type PicturePeer } from './picture-peer.browser.ts';

type Values = Record<string, unknown>;
interface Pretend {
  /** Sets a state's value for every window. */
  set(name: string, value: unknown): void;
  /** What `/whep/<camera>/…` answers from now on; null for a picture. */
  refuse(camera: string, code: ProblemCode | null, status?: number): void;
  /** The camera's pictures stop or go on; its connection stays. */
  freeze(camera: string, frozen: boolean): void;
  /** The other side of every connection of the camera is gone. */
  cut(camera: string): void;
  source(camera: string, source: SourceFact['source'] | null): void;
  /** Main goes away and refuses to come back until told. */
  gone(gone: boolean): void;
  /** What a call is answered from now on. */
  answer(name: string, output: unknown): void;
  /** What is not answered from now on, unless it is cancelled. */
  hold(name: string): void;
  calls: { name: string; input: unknown }[];
  requests: { method: string; path: string }[];
  /** Numbers the videos that are mounted now. */
  markVideos(): void;
  /** The numbers of the videos that are mounted now; null for one that came later. */
  videoMarks(): (number | null)[];
  /** How light a video's picture is at its upper edge (0 to 255), and what is drawn over it. */
  picture(index: number): { light: number; filter: string };
  /** From now on the camera's gateway answers an offer by its own (406). */
  counter(camera: string): void;
  /** The window is covered or minimised, as far as the page can tell. */
  hide(hidden: boolean): void;
  /** What the browser tells a page that is being left. */
  leavePage(): void;
}
declare global {
  interface Window {
    pretend: Pretend;
    pretendValues?: Values;
  }
}

const preferences = 'preferences.seat';
const values: Values = { ...restingStates, ...window.pretendValues };
// Main would remember them over a reload of the page.
const keptPreferences = sessionStorage.getItem(preferences);
if (keptPreferences !== null) values[preferences] = JSON.parse(keptPreferences);
const answers = new Map<string, unknown>(Object.entries(usualAnswers));
const held = new Set<string>();
const refusals = new Map<string, { code: ProblemCode; status: number }>();
const peers = new Map<string, Set<PicturePeer>>();
const frozen = new Set<string>();
let pipes: { onText(text: string): void; onClose(reason: 'gone'): void; watched: Set<string> }[] = [];
let away = false;
let sessions = 0;
const countering = new Set<string>();
const unanswered = new Map<string, PicturePeer>();
const marks = new WeakMap<HTMLVideoElement, number>();

const pretend: Pretend = {
  set(name, value) {
    values[name] = value;
    for (const pipe of pipes) if (pipe.watched.has(name)) pipe.onText(JSON.stringify({ t: 'value', name, value }));
  },
  refuse(camera, code, status = 502) {
    if (code === null) refusals.delete(camera);
    else refusals.set(camera, { code, status });
  },
  freeze(camera, stop) {
    if (stop) frozen.add(camera);
    else frozen.delete(camera);
    for (const peer of peers.get(camera) ?? []) peer.freeze(stop);
  },
  cut(camera) {
    for (const peer of peers.get(camera) ?? []) peer.close();
    peers.delete(camera);
  },
  source(camera, source) {
    const others = (values['streams.sources'] as SourceFact[]).filter((fact) => fact.camera !== camera);
    const told = (['main', 'sub'] as const).map((stream) => ({ camera, stream, source }));
    pretend.set('streams.sources', source === null ? others : [...others, ...told]);
  },
  gone(gone) {
    away = gone;
    if (!gone) return;
    const old = pipes;
    pipes = [];
    for (const pipe of old) pipe.onClose('gone');
  },
  answer(name, output) {
    answers.set(name, output);
  },
  hold(name) {
    held.add(name);
  },
  calls: [],
  requests: [],
  markVideos() {
    for (const [index, video] of document.querySelectorAll('video').entries()) marks.set(video, index);
  },
  videoMarks: () => [...document.querySelectorAll('video')].map((video) => marks.get(video) ?? null),
  picture(index) {
    const video = document.querySelectorAll('video')[index];
    const context = document.createElement('canvas').getContext('2d');
    if (!video || !context) throw new Error('no such video');
    context.drawImage(video, 0, 0, 8, 8);
    return { light: context.getImageData(4, 1, 1, 1).data[0] ?? 0, filter: getComputedStyle(video).filter };
  },
  counter(camera) {
    countering.add(camera);
  },
  hide(hidden) {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  },
  leavePage() {
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
  },
};
window.pretend = pretend;

/** What this window reports is what main tells every window. */
function tellTiles(report: unknown): void {
  const { displayId } = values['wall.display'] as { displayId: string };
  pretend.set('streams.tiles', [{ displayId, tiles: (report as { tiles: unknown }).tiles }]);
}

function keepPreferences(change: Values): void {
  const next = { ...(values[preferences] as Values), ...change };
  sessionStorage.setItem(preferences, JSON.stringify(next));
  pretend.set(preferences, next);
}

Object.assign(window, {
  deedban: {
    async connect(listeners: { onText(text: string): void; onClose(reason: 'gone'): void }) {
      if (away) throw new Error('gone');
      const pipe = { ...listeners, watched: new Set<string>() };
      pipes.push(pipe);
      const say = (message: unknown) => queueMicrotask(() => pipes.includes(pipe) && pipe.onText(JSON.stringify(message)));
      return {
        async send(text: string) {
          const message = JSON.parse(text) as { t: string; id: number; name: string; input: unknown; version: number };
          if (message.t === 'hello') return say({ t: 'welcome', version: message.version });
          if (message.t === 'watch') {
            pipe.watched.add(message.name);
            // An event has no present value.
            if (!(message.name in values)) return;
            return say({ t: 'value', name: message.name, value: values[message.name] });
          }
          if (message.t === 'unwatch') return void pipe.watched.delete(message.name);
          if (message.t === 'cancel') return say({ t: 'failed', id: message.id, code: 'cancelled' });
          if (message.t !== 'call') return;
          pretend.calls.push({ name: message.name, input: message.input });
          if (pretend.calls.length > 200) pretend.calls.shift();
          if (message.name === 'streams.report') tellTiles(message.input);
          if (message.name === 'preferences.choose') keepPreferences(message.input as Values);
          if (message.name === 'wall.select') pretend.set('wall.selection', (message.input as { at: unknown }).at);
          if (held.has(message.name)) return;
          say({ t: 'done', id: message.id, output: answers.get(message.name) ?? {} });
        },
        close() {
          pipes = pipes.filter((each) => each !== pipe);
        },
      };
    },
  },
});

const kept = createPretendKept((displayId, revision) => {
  const others = (values['displays.miniatures'] as { displayId: string }[]).filter((each) => each.displayId !== displayId);
  pretend.set('displays.miniatures', [...others, { displayId, revision, atUtcMs: Date.now() }]);
});
const realFetch = window.fetch.bind(window);
window.fetch = async (input, init) => {
  const url = new URL(String(input), location.href);
  const [, front, camera = '', stream = ''] = url.pathname.split('/');
  const method = init?.method ?? 'GET';
  const answer = kept.answer(method, url.pathname, init?.body);
  if (answer) {
    pretend.requests.push({ method, path: url.pathname });
    return answer;
  }
  if (front !== 'whep') return realFetch(input, init);
  // No gateway of ours is behind it.
  if (camera === 'spare' && stream === '') return new Response(null, { status: 404 });
  pretend.requests.push({ method, path: url.pathname });
  if (method === 'PATCH') {
    await unanswered.get(url.pathname)?.accept(String(init?.body));
    return new Response(null, { status: 204 });
  }
  if (method !== 'POST') return new Response(null, { status: 200 });
  const refusal = refusals.get(camera);
  if (refusal) {
    const body = JSON.stringify({ type: `urn:deedban:problem:${refusal.code}`, status: refusal.status });
    return new Response(body, { status: refusal.status, headers: { 'Content-Type': 'application/problem+json' } });
  }
  const known = (values['wall.cameras'] as { id: string; name: string }[]).find(({ id }) => id === camera);
  const counters = countering.has(camera);
  const peer = await openPicture(counters ? null : String(init?.body), known?.name ?? camera);
  if (frozen.has(camera)) peer.freeze(true);
  peers.set(camera, (peers.get(camera) ?? new Set()).add(peer));
  sessions += 1;
  const headers = { 'Content-Type': 'application/sdp', Location: `/whep/${camera}/${stream}/${sessions}` };
  if (counters) unanswered.set(headers.Location, peer);
  return new Response(peer.sdp, { status: counters ? 406 : 201, headers });
};
