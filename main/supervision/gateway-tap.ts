import { randomUUID } from 'node:crypto';
import { tapNewsSchema } from '../../core/evidence/tap-news.ts';
import type { MediaGateway } from '../ports/media-gateway.ts';
import type { PictureTap } from '../ports/picture-tap.ts';

/** A gateway that says nothing for so long is not there. It says something every 5 s. */
const silentMs = 15_000;
const longestLineBytes = 4_096;

/** Opens taps at the embedded gateway (`main/gateway/taps/taps.ts`). */
export function createGatewayTap(gateway: Pick<MediaGateway, 'endpoint'>): PictureTap {
  return {
    open({ camera, stream, fromUtcMs }, listener) {
      const id = randomUUID();
      const endpoint = gateway.endpoint();
      const ask = (method: 'GET' | 'DELETE', signal?: AbortSignal) => {
        if (endpoint === null) throw new Error('the media gateway is not running');
        const path = `taps/${encodeURIComponent(camera)}/${stream}?id=${id}&from=${Math.max(0, fromUtcMs)}`;
        const headers = { Authorization: `Bearer ${endpoint.token}` };
        return fetch(`${endpoint.url}/${path}`, { method, headers, ...(signal ? { signal } : {}) });
      };
      async function run(): Promise<void> {
        const silent = new AbortController();
        let timer = setTimeout(() => silent.abort(), silentMs);
        try {
          const answer = await ask('GET', silent.signal);
          if (!answer.ok || answer.body === null) throw new Error(`the media gateway answered ${answer.status}`);
          const reader = createMessageReader();
          for await (const piece of answer.body) {
            clearTimeout(timer);
            for (const { news, bytes } of reader.take(Buffer.from(piece))) if (news.t !== 'quiet') await listener(news, bytes);
            // What was given is put before the silence is counted.
            timer = setTimeout(() => silent.abort(), silentMs);
          }
          if (!reader.isWhole()) throw new Error('the media gateway broke off');
        } finally {
          clearTimeout(timer);
        }
      }
      return {
        finish: () => void Promise.resolve(ask('DELETE')).catch(() => {}),
        done: run(),
      };
    },
  };
}

type Message = { readonly news: ReturnType<typeof tapNewsSchema.parse>; readonly bytes: Buffer };

/** Messages out of a stream of bytes. Throws at what is none. */
function createMessageReader(): { take(bytes: Buffer): Generator<Message>; isWhole(): boolean } {
  let rest: Buffer = Buffer.alloc(0);
  let news: Message['news'] | null = null;
  return {
    *take(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      for (;;) {
        if (news === null) {
          const end = rest.indexOf(10);
          if (end < 0 && rest.length > longestLineBytes) throw new Error('the media gateway is not understood');
          if (end < 0) return;
          news = tapNewsSchema.parse(JSON.parse(rest.toString('utf8', 0, end)));
          rest = rest.subarray(end + 1);
        }
        const needed = news.t === 'piece' ? news.bytes : 0;
        if (rest.length < needed) return;
        const message = { news, bytes: rest.subarray(0, needed) };
        rest = rest.subarray(needed);
        news = null;
        yield message;
      }
    },
    isWhole: () => news === null && rest.length === 0,
  };
}
