import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Securing } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import type { ClipMaker } from '../../media/clip-maker.ts';
import type { Rings } from '../../media/rings.ts';
import { say } from '../../ui/notice.ts';
import { type ClipSender, createClipSender, type PutOutcome } from './clip-sender.ts';
import type { EvidenceClient } from './evidence-client.ts';

/** A camera that no tile brings any more is offered to other windows after so long. */
const lookEveryMs = 1_000;
const goneAfterMs = 10_000;

interface Job {
  readonly incident: number;
  readonly camera: CameraId;
  readonly sender: ClipSender;
  readonly ends: AbortController;
  /** Pieces and ends that are on their way. */
  readonly underWay: Set<Promise<unknown>>;
  lastShownMs: number;
  finishing: boolean;
}

export interface SecureClipsPorts {
  readonly client: EvidenceClient;
  readonly maker: ClipMaker;
  readonly rings: Pick<Rings, 'measure'>;
  readonly byAddress: Pick<ByAddress, 'put'>;
  /** What a live tile of that camera shows now; null where none does. */
  still(camera: CameraId): Promise<Blob | null>;
  readonly nowMs: () => number;
}

/**
 * Secures what main wants secured and this window has: a task that nobody has is taken where the camera's pictures come here, its clips are made and put piece by piece, and
 * when it is over the rest is put first. Returns the way to stop.
 */
export function secureClips({ client, maker, rings, byAddress, still, nowMs }: SecureClipsPorts): () => void {
  const jobs = new Map<string, Job>();
  let wanted: readonly Securing[] = [];
  let taking = false;
  const keyOf = ({ incident, camera }: Pick<Securing, 'incident' | 'camera'>) => `${incident} ${camera}`;
  const isSource = (camera: string) => (source: string) => source.startsWith(`/whep/${camera}/`);

  async function shownSources(): Promise<readonly string[]> {
    const { rings: all } = await rings.measure();
    return all.filter(({ shown }) => shown).map(({ source }) => source);
  }

  async function look(): Promise<void> {
    if (taking) return;
    const open = wanted.filter((task) => task.taken === 'nobody' && !jobs.has(keyOf(task)));
    if (open.length === 0 && jobs.size === 0) return;
    taking = true;
    try {
      const shown = await shownSources();
      for (const [key, job] of jobs) {
        if (shown.some(isSource(job.camera))) job.lastShownMs = nowMs();
        else if (nowMs() - job.lastShownMs > goneAfterMs) finish(key, job);
      }
      for (const task of open) if (shown.some(isSource(task.camera))) await take(task);
    } catch {
      // Nothing is kept in this window: another one has to.
    } finally {
      taking = false;
    }
  }

  async function take({ incident, camera, fromUtcMs }: Securing): Promise<void> {
    const { outcome } = await client.call('evidence.take', { incident, camera });
    if (outcome !== 'yours') return;
    const ends = new AbortController();
    const sender = createClipSender({
      ...{ byAddress, incident, camera, signal: ends.signal, random: Math.random },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    const job: Job = { incident, camera, sender, ends, underWay: new Set(), lastShownMs: nowMs(), finishing: false };
    const key = keyOf(job);
    jobs.set(key, job);
    const sources = [`/whep/${camera}/main`, `/whep/${camera}/sub`];
    if (!maker.tell({ t: 'secure', job: key, sources, fromUtcMs })) done(key, job);
    // The clips are what matters: an incident without a still is one all the same.
    await attachStill(incident, camera).catch(() => {});
  }
  async function attachStill(incident: number, camera: CameraId): Promise<void> {
    const picture = await still(camera);
    if (picture) await byAddress.put(`/evidence/${incident}/${encodeURIComponent(camera)}/${crypto.randomUUID()}/still`, picture);
  }

  function finish(key: string, job: Job): void {
    if (job.finishing) return;
    job.finishing = true;
    maker.tell({ t: 'finish', job: key });
  }
  /** Everything was given: once it is put, main may know. */
  function done(key: string, job: Job): void {
    void Promise.allSettled(job.underWay).then(() => {
      jobs.delete(key);
      job.ends.abort();
      client.call('evidence.leave', { incident: job.incident, camera: job.camera }).catch(() => {});
    });
  }
  function heard(key: string, job: Job, clip: string, outcome: PutOutcome): void {
    maker.tell({ t: 'put', job: key });
    if (outcome === 'put') return;
    if (outcome === 'other') return void maker.tell({ t: 'drop', job: key, clip });
    if (outcome === 'full' && !job.finishing) say((t) => t('evidence.full'), 'danger');
    finish(key, job);
  }
  function carry(job: Job, work: Promise<unknown>): void {
    job.underWay.add(work);
    void work.finally(() => job.underWay.delete(work));
  }

  const stops = [
    maker.listen((news) => {
      const job = jobs.get(news.job);
      if (!job) return;
      if (news.t === 'piece') {
        const put = job.sender.put(news).then((outcome) => heard(news.job, job, news.clip, outcome));
        carry(job, put);
      } else if (news.t === 'clip-end') carry(job, job.sender.end(news.clip));
      else done(news.job, job);
    }),
    maker.onFailure(() => {
      for (const [key, job] of jobs) done(key, job);
    }),
    client.watch('evidence.securing', (tasks) => {
      wanted = tasks;
      for (const [key, job] of jobs) {
        const task = tasks.find((each) => keyOf(each) === key);
        // Also where main has forgotten us, as a new one has.
        if (task?.taken !== 'me') finish(key, job);
      }
      void look();
    }),
  ];
  const timer = setInterval(() => void look(), lookEveryMs);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    for (const [key, job] of jobs) finish(key, job);
  };
}
