import type { Bridge } from '../core/rpc/transport.ts';

/**
 * The browser host's bridge: text frames over one WebSocket to our own origin. A one-time code in the address's fragment
 * is first exchanged for this window's cookie, and taken out of the address and the history.
 */

/** A main that hangs does not hold a window up for longer than this (ms). */
const answerLimitMs = 10_000;
/** Main renews the cookie when it sees it: a wall that stands for months must be seen now and then (ms). */
const seenEveryMs = 6 * 3_600_000;

/** The code of this page's address, until it was given away: it is good once. */
let code = new URLSearchParams(location.hash.slice(1)).get('code');
let windowId = new URLSearchParams(location.search).get('window');
if (code !== null) history.replaceState(null, '', location.pathname + location.search);

const ask = (path: string, init: RequestInit) =>
  fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(answerLimitMs) }).catch(() => {
    throw new Error('gone');
  });

async function enter(own: string): Promise<void> {
  const response = await ask('/enter', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: own }),
  });
  if (response.status >= 500) throw new Error('gone');
  code = null;
  const answered: unknown = response.ok ? await response.json() : null;
  if (typeof answered === 'object' && answered !== null && 'window' in answered && typeof answered.window === 'string') {
    windowId = answered.window;
    history.replaceState(null, '', `/?window=${encodeURIComponent(windowId)}`);
  }
}

/** A WebSocket hides why it was not opened; this says it. */
async function whyNot(): Promise<'gone' | 'refused'> {
  if (windowId === null) return 'refused';
  const { status } = await ask(`/whoami?window=${encodeURIComponent(windowId)}`, { method: 'HEAD' });
  return status === 401 || status === 403 ? 'refused' : 'gone';
}

const bridge: Bridge = {
  async connect({ onText, onClose }) {
    if (code !== null) await enter(code);
    if (windowId === null) throw new Error('refused');
    const socket = new WebSocket(`/rpc?window=${encodeURIComponent(windowId)}`);
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') onText(data);
    });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => socket.close(), answerLimitMs);
      socket.addEventListener('open', () => {
        clearTimeout(late);
        resolve();
      });
      socket.addEventListener('close', () => {
        clearTimeout(late);
        whyNot().then(
          (why) => reject(new Error(why)),
          () => reject(new Error('gone')),
        );
      });
    });
    socket.addEventListener('close', () => onClose('gone'));
    return {
      async send(text) {
        if (socket.readyState !== WebSocket.OPEN) throw new Error('gone');
        socket.send(text);
      },
      close: () => socket.close(),
    };
  },
};

Object.defineProperty(window, 'deedban', { value: Object.freeze(bridge) });
setInterval(() => void whyNot().catch(() => {}), seenEveryMs);
