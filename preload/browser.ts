import type { Bridge } from '../core/rpc/transport.ts';

/**
 * The browser host's bridge: text frames over one WebSocket to our own origin. A one-time code in the address's fragment
 * is first exchanged for this window's cookie, and taken out of the address and the history.
 */

/** A main that hangs does not hold a window up for longer than this (ms). */
const answerLimitMs = 10_000;
/** Main renews the cookie when it sees it: a wall that stands for months must be seen now and then (ms). */
const seenEveryMs = 6 * 3_600_000;
const entryKey = 'deedban-entry';
const windowKey = 'deedban-window';

/**
 * The code of this page's address, until it let this window in: it is good once. Kept for this tab alone with a proof of our own, by which the same page
 * may ask again when it is loaded anew before it had its answer.
 */
let entry = addressedEntry();
/** Kept for this tab, too: the answer may come when the page is being loaded anew at its old address. What it names is proved by the cookie. */
let windowId = new URLSearchParams(location.search).get('window');
if (windowId === null) {
  entry ??= keptEntry();
  windowId = keep(() => sessionStorage.getItem(windowKey));
}

interface PageEntry {
  readonly code: string;
  readonly proof: string;
}

function addressedEntry(): PageEntry | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  const proof = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  // A browser that keeps nothing lets a page in all the same, only not when it is loaded anew meanwhile.
  keep(() => sessionStorage.setItem(entryKey, JSON.stringify([code, proof])));
  keep(() => sessionStorage.removeItem(windowKey));
  return { code, proof };
}

function keptEntry(): PageEntry | null {
  const [code, proof]: unknown[] = keep((): unknown[] => JSON.parse(sessionStorage.getItem(entryKey) ?? '[]')) ?? [];
  return typeof code === 'string' && typeof proof === 'string' ? { code, proof } : null;
}

function forgetEntry(): void {
  entry = null;
  keep(() => sessionStorage.removeItem(entryKey));
}

function keep<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

const ask = (path: string, init: RequestInit) =>
  fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(answerLimitMs) }).catch(() => {
    throw new Error('gone');
  });

async function enter(asked: PageEntry): Promise<void> {
  const response = await ask('/enter', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(asked),
  });
  if (response.status >= 500) throw new Error('gone');
  const answered: unknown = response.ok ? await response.json() : null;
  if (typeof answered === 'object' && answered !== null && 'window' in answered && typeof answered.window === 'string') {
    const { window: own } = answered;
    windowId = own;
    keep(() => sessionStorage.setItem(windowKey, own));
    history.replaceState(null, '', `/?window=${encodeURIComponent(windowId)}`);
  }
  // Last: until the window is known here, a page that is loaded anew has nothing else.
  forgetEntry();
}

/** A WebSocket hides why it was not opened; this says it. */
async function whyNot(): Promise<'gone' | 'refused'> {
  if (windowId === null) return 'refused';
  const { status } = await ask(`/whoami?window=${encodeURIComponent(windowId)}`, { method: 'HEAD' });
  return status === 401 || status === 403 ? 'refused' : 'gone';
}

const bridge: Bridge = {
  async connect({ onText, onClose }) {
    if (entry !== null) await enter(entry);
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
