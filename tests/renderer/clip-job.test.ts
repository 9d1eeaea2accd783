import { describe, expect, it } from 'vitest';
import { createClipJob } from '../../renderer/media/clip-job.ts';
import type { ClipPiece } from '../../renderer/media/clip-messages.ts';
import type { RingedPicture, RingedPictures } from '../../renderer/media/rings.ts';

const startCode = [0, 0, 0, 1];
const sps = [0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0xc8];
const pps = [0x68, 0xce, 0x38, 0x80];
const format = { mimeType: 'video/H264', width: 640, height: 360 };

/** The n-th picture of a ring; each fifteenth is a key picture. */
function picture(sequence: number, stretch = 1): RingedPicture {
  const key = sequence % 15 === 0;
  const slice = [key ? 0x65 : 0x41, 0x88, sequence & 127, 9, 9];
  const bytes = key ? [...startCode, ...sps, ...startCode, ...pps, ...startCode, ...slice] : [...startCode, ...slice];
  return {
    sequence,
    stretch,
    data: new Uint8Array(bytes).buffer,
    rtpTimestamp: (sequence * 6_000) >>> 0,
    key: key ? format : null,
    arrivedMs: 1_000 + (sequence * 1_000) / 15,
    takenUtcMs: null,
  };
}

function set(sources: readonly string[] = ['/whep/a/sub']) {
  const takes = new Map<string, (pictures: RingedPictures | null) => Promise<void> | void>();
  const asked: unknown[] = [];
  const pieces: ClipPiece[] = [];
  const ended: string[] = [];
  let ids = 0;
  const job = createClipJob(
    { sources, fromUtcMs: 61_000 },
    {
      rings: {
        follow(source, from, take) {
          asked.push([source, from]);
          takes.set(source, take);
          return { end: () => takes.delete(source) };
        },
      },
      newId() {
        ids += 1;
        return `clip-${ids}`;
      },
      clockLeadMs: () => 1_000,
      wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
      tell: (news) => void ('ended' in news ? ended.push(news.ended) : pieces.push(news)),
    },
  );
  const give = async (pictures: readonly RingedPicture[], lost = 0, source = '/whep/a/sub') => {
    const facts = { source, nowMs: 0, lost, next: 0, more: false, measure: { fromMs: 0, toMs: 0 }, shown: true };
    await takes.get(source)?.({ ...facts, pictures });
  };
  const clips = () => [...new Set(pieces.map(({ clip }) => clip))];
  return { job, give, asked, pieces, ended, clips, takes };
}
const pictures = (from: number, to: number, stretch = 1) =>
  Array.from({ length: to - from }, (_, place) => picture(from + place, stretch));

describe('clips of what is kept', () => {
  it('begin at the moment asked for, by the clock of the rings, and say when their first picture came by the wall’s', async () => {
    const { job, give, asked, pieces, ended } = set();
    expect(asked).toEqual([['/whep/a/sub', { momentMs: 60_000 }]]);
    await give(pictures(0, 46));
    await job.finish();
    expect(pieces.map(({ index }) => index)).toEqual(pieces.map((_, place) => place));
    expect(pieces[0]).toMatchObject({ clip: 'clip-1', source: '/whep/a/sub', firstUtcMs: 2_000 });
    expect(pieces.at(-1)).toMatchObject({ pictures: 46 });
    expect(pieces.at(-1)?.endMs).toBeCloseTo((46 * 1_000) / 15, 1);
    expect(ended).toEqual(['clip-1']);
  });

  it('are others where pictures were lost between, or another connection brings them: no clip hides a gap', async () => {
    const { job, give, clips, ended } = set();
    await give(pictures(0, 20));
    await give(pictures(30, 45), 10);
    await give(pictures(45, 60, 2));
    await job.finish();
    expect(clips()).toEqual(['clip-1', 'clip-2', 'clip-3']);
    expect(ended).toEqual(['clip-1', 'clip-2', 'clip-3']);
  });

  it('wait for a key picture after a loss', async () => {
    const { job, give, pieces } = set();
    await give(pictures(0, 20));
    await give(pictures(25, 46), 5);
    await job.finish();
    expect(pieces.findLast(({ clip }) => clip === 'clip-1')).toMatchObject({ pictures: 20 });
    expect(pieces.findLast(({ clip }) => clip === 'clip-2')).toMatchObject({ pictures: 16 });
  });

  it('of both streams of a camera are each their own', async () => {
    const { job, give, pieces } = set(['/whep/a/main', '/whep/a/sub']);
    await give(pictures(0, 20), 0, '/whep/a/main');
    await give(pictures(0, 20));
    await job.finish();
    expect(new Set(pieces.map(({ clip, source }) => `${clip} ${source}`))).toEqual(
      new Set(['clip-1 /whep/a/main', 'clip-2 /whep/a/sub']),
    );
  });

  it('go no faster than they are put: what comes meanwhile stays in its ring', async () => {
    const { job, give, pieces } = set();
    let taken = false;
    const giving = give(pictures(0, 300)).then(() => {
      taken = true;
    });
    await expect.poll(() => pieces.length).toBe(5);
    expect(taken).toBe(false);
    for (let put = 0; put < 30; put += 1) job.put();
    await giving;
    await job.finish();
    expect(pieces.at(-1)).toMatchObject({ pictures: 300 });
  });

  it('are whole also where the end is said while most of them are still in their ring', async () => {
    const { job, give, pieces } = set();
    const giving = give(pictures(0, 300));
    await expect.poll(() => pieces.length).toBe(5);
    const finishing = job.finish();
    for (let put = 0; put < 30; put += 1) {
      job.put();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await giving;
    await finishing;
    expect(pieces.at(-1)).toMatchObject({ pictures: 300 });
  });

  it('go on in another one where main takes no more of one', async () => {
    const { job, give, clips, ended } = set();
    await give(pictures(0, 40));
    job.drop('clip-1');
    await give(pictures(40, 70));
    await job.finish();
    expect(clips()).toEqual(['clip-1', 'clip-2']);
    expect(ended).toEqual(['clip-2']);
  });
});
