import { type ClipJob, createClipJob } from './clip-job.ts';
import type { ClipNews, ClipOrder } from './clip-messages.ts';
import { createRings, type Rings } from './rings.ts';

/** So many are made at once. */
const mostJobs = 64;
const jobs = new Map<string, ClipJob>();
let rings: Rings | null = null;

/** Makes clips of what the frame worker keeps, over a way of its own to it: neither the page nor the pictures' way to the glass has anything to do with it. */
addEventListener('message', ({ data: order, ports: [port] }: MessageEvent<ClipOrder>) => {
  switch (order.t) {
    case 'rings':
      rings = createRings(() => port ?? null);
      return;
    case 'secure':
      if (rings && jobs.size < mostJobs && !jobs.has(order.job)) jobs.set(order.job, begin(rings, order));
      else tell({ t: 'done', job: order.job });
      return;
    case 'put':
      return jobs.get(order.job)?.put();
    case 'drop':
      return jobs.get(order.job)?.drop(order.clip);
    case 'finish':
      return void finish(order.job);
  }
});

function begin(from: Rings, { job, ...what }: Extract<ClipOrder, { t: 'secure' }>): ClipJob {
  return createClipJob(what, {
    rings: from,
    newId: () => crypto.randomUUID(),
    clockLeadMs: () => Date.now() - (performance.timeOrigin + performance.now()),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tell(news) {
      if ('ended' in news) tell({ t: 'clip-end', job, clip: news.ended });
      else tell({ t: 'piece', job, ...news }, [news.bytes]);
    },
  });
}

async function finish(name: string): Promise<void> {
  // It still hears what was put: the rest of its pieces waits for that.
  await jobs.get(name)?.finish();
  jobs.delete(name);
  tell({ t: 'done', job: name });
}

function tell(news: ClipNews, transfer: Transferable[] = []): void {
  postMessage(news, { transfer });
}
