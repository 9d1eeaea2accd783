import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Securing } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import type { ClipMaker } from '../../media/clip-maker.ts';
import type { Rings } from '../../media/rings.ts';
import { say } from '../../ui/notice.ts';
import { type ClipSender, createClipSender, type PutOutcome } from './clip-sender.ts';
import type { EvidenceClient } from './evidence-client.ts';

const lookEveryMs = 1_000;
/** A camera that no tile of this window shows is left to windows that have its pictures in memory, for so long; windows do not all ask in the same moment. */
const patienceMs = 3_000;
const patienceSpreadMs = 1_000;

interface Job {
  readonly incident: number;
  readonly camera: CameraId;
  readonly sender: ClipSender;
  readonly ends: AbortController;
  /** Pieces and ends that are on their way. */
  readonly underWay: Set<Promise<unknown>>;
  /** The camera comes into this window until everything is put, whatever its tiles show. */
  readonly held: { end(): void };
  finishing: boolean;
}

export interface SecureClipsPorts {
  readonly client: EvidenceClient;
  readonly maker: ClipMaker;
  readonly rings: Pick<Rings, 'measure'>;
  readonly byAddress: Pick<ByAddress, 'put'>;
  /** Has one of these streams of a camera come until `end`, whether or not a tile shows it. */
  hold(sources: readonly string[]): { end(): void };
  /** What a live tile of that camera shows now; null where none does. */
  still(camera: CameraId): Promise<Blob | null>;
  readonly nowMs: () => number;
  readonly random: () => number;
}

/**
 * Secures what main wants secured: a task that nobody has is taken where the camera's pictures come here, and after a while also where no window has them. From then on they
 * come, whatever the tiles show; clips are made and put piece by piece, and when it is over the rest is put first. Returns the way to stop.
 */
export function secureClips({ client, maker, rings, byAddress, hold, still, nowMs, random }: SecureClipsPorts): () => void {
  const jobs = new Map<string, Job>();
  let wanted: readonly Securing[] = [];
  /** From when on this window takes what no window with its pictures took. */
  const dueMs = new Map<string, number>();
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
    for (const key of dueMs.keys()) if (!open.some((task) => keyOf(task) === key)) dueMs.delete(key);
    if (open.length === 0) return;
    taking = true;
    try {
      const shown = await shownSources();
      for (const task of open) if (shown.some(isSource(task.camera)) || isDue(task)) await take(task);
    } catch {
      // Nothing is kept in this window: another one has to.
    } finally {
      taking = false;
    }
  }
  function isDue(task: Securing): boolean {
    const key = keyOf(task);
    const due = dueMs.get(key) ?? nowMs() + patienceMs + random() * patienceSpreadMs;
    dueMs.set(key, due);
    return nowMs() >= due;
  }

  async function take({ incident, camera, fromUtcMs }: Securing): Promise<void> {
    const { outcome } = await client.call('evidence.take', { incident, camera });
    if (outcome !== 'yours') return;
    const ends = new AbortController();
    const sender = createClipSender({
      ...{ byAddress, incident, camera, signal: ends.signal, random: Math.random },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    const sources = [`/whep/${camera}/main`, `/whep/${camera}/sub`];
    const job: Job = { incident, camera, sender, ends, underWay: new Set(), held: hold(sources), finishing: false };
    const key = keyOf(job);
    jobs.set(key, job);
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
      job.held.end();
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
