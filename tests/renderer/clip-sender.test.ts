import { describe, expect, it } from 'vitest';
import { createClipSender } from '../../renderer/features/evidence/clip-sender.ts';
import { ByAddressProblem } from '../../renderer/media/by-address.ts';

const piece = (index: number, clip = 'c') => ({
  ...{
    clip,
    index,
    source: '/whep/pes-1/main',
    bytes: new ArrayBuffer(4),
    pictures: index,
    endMs: index * 1_000.12345,
    firstUtcMs: 5.5,
  },
});

function set(answers: readonly number[]) {
  const asked: string[] = [];
  const waits: number[] = [];
  const left = [...answers];
  const ends = new AbortController();
  const sender = createClipSender({
    incident: 7,
    camera: 'pes-1',
    signal: ends.signal,
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
    byAddress: {
      async put(path) {
        asked.push(path);
        const status = left.shift() ?? 201;
        if (status >= 300 || status === 0) throw new ByAddressProblem(status);
        return new Response(null, { status });
      },
    },
  });
  return { sender, asked, waits, ends };
}

describe('pieces on their way to the disk', () => {
  it('go one after the other, and say what they are', async () => {
    const { sender, asked } = set([]);
    expect(await Promise.all([sender.put(piece(0)), sender.put(piece(1)), sender.end('c')])).toEqual(['put', 'put', 'put']);
    expect(asked).toEqual([
      '/evidence/7/pes-1/c/0?pictures=0&end-ms=0.000&stream=main&first-utc-ms=5.500',
      '/evidence/7/pes-1/c/1?pictures=1&end-ms=1000.123&stream=main&first-utc-ms=5.500',
      '/evidence/7/pes-1/c/end',
    ]);
  });

  it('are put again while main does not answer or cannot, with growing delays', async () => {
    const { sender, asked, waits } = set([0, 503, 500]);
    expect(await sender.put(piece(0))).toBe('put');
    expect(asked).toHaveLength(4);
    expect(waits).toEqual([125, 250, 500]);
  });

  it('behind a refused one are not asked for, and of another clip are', async () => {
    const { sender, asked } = set([409]);
    expect(await Promise.all([sender.put(piece(0)), sender.put(piece(1)), sender.put(piece(0, 'd'))])).toEqual([
      'other',
      'other',
      'put',
    ]);
    expect(asked).toHaveLength(2);
  });

  it('end with the job, and with the room on the disk', async () => {
    expect(await set([507]).sender.put(piece(0))).toBe('full');
    expect(await set([403]).sender.put(piece(0))).toBe('over');
    const { sender, ends, asked } = set([]);
    ends.abort();
    expect(await sender.put(piece(0))).toBe('over');
    expect(asked).toEqual([]);
  });
});
