import { nextDelayMs, retryPolicies } from '../../../core/streams/retry-policy.ts';
import { type ByAddress, ByAddressProblem } from '../../media/by-address.ts';
import type { ClipPiece } from '../../media/clip-messages.ts';

/** `put`: on the disk. `other`: main takes no more of this clip. `full`: there is no room for any. `over`: the session or the task is gone. */
export type PutOutcome = 'put' | 'other' | 'full' | 'over';

/** Puts one job's pieces to this window's own origin, each clip's in their order. */
export interface ClipSender {
  put(piece: ClipPiece): Promise<PutOutcome>;
  end(clip: string): Promise<PutOutcome>;
}

export interface ClipSenderPorts {
  readonly byAddress: Pick<ByAddress, 'put'>;
  readonly incident: number;
  readonly camera: string;
  /** Ends every try. */
  readonly signal: AbortSignal;
  readonly random: () => number;
  wait(ms: number): Promise<void>;
}

/** A main that does not answer is asked again for as long as the task lasts: what is not put stays in its ring. */
export function createClipSender({ byAddress, incident, camera, signal, random, wait }: ClipSenderPorts): ClipSender {
  const turns = new Map<string, Promise<PutOutcome>>();

  async function send(path: string, body: Blob): Promise<PutOutcome> {
    for (let attempt = 0; ; attempt += 1) {
      if (signal.aborted) return 'over';
      const status = await byAddress.put(path, body, signal).then(
        () => 200,
        (error: unknown) => (error instanceof ByAddressProblem ? error.status : 0),
      );
      if (status === 200) return 'put';
      if (status === 507) return 'full';
      if (status === 409 || status === 404 || status === 413 || status === 400) return 'other';
      if (status === 403) return 'over';
      await wait(nextDelayMs(retryPolicies.failing, attempt, random));
    }
  }
  function inTurn(clip: string, path: string, body: Blob): Promise<PutOutcome> {
    const before = turns.get(clip) ?? Promise.resolve<PutOutcome>('put');
    // Behind a piece that was refused nothing of this clip is taken.
    const mine = before.then((outcome) => (outcome === 'put' ? send(path, body) : outcome));
    turns.set(clip, mine);
    return mine;
  }
  const place = (clip: string) => `/evidence/${incident}/${encodeURIComponent(camera)}/${clip}`;
  return {
    put({ clip, source, index, bytes, pictures, endMs, firstUtcMs }) {
      const facts = new URLSearchParams({
        pictures: String(pictures),
        'end-ms': endMs.toFixed(3),
        stream: source.endsWith('/main') ? 'main' : 'sub',
        'first-utc-ms': firstUtcMs.toFixed(3),
      });
      return inTurn(clip, `${place(clip)}/${index}?${facts}`, new Blob([bytes], { type: 'video/mp4' }));
    },
    async end(clip) {
      const outcome = await inTurn(clip, `${place(clip)}/end`, new Blob([]));
      turns.delete(clip);
      return outcome;
    },
  };
}
