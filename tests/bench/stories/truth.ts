import type { Page } from 'playwright';
import { z } from 'zod';
import { systemClock } from '../../../main/ports/clock.ts';
import { sendThroughRelay } from '../../support/relay/page-through-relay.ts';
import { createUdpRelay, type UdpRelay } from '../../support/relay/udp-relay.ts';
import { footageShape } from '../../support/footage/numbered-footage.ts';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { footagesOf, type FootageWalls, openFootageWalls, untilShown } from '../footage-walls.ts';
import { quantile, soleResult } from '../result.ts';

const tiles = 9;
/** What is not said by then is never said. */
const limitMs = 8_000;
const intervalMs = 1_000 / footageShape.fps;

interface Way {
  readonly name: string;
  /** `stops`: no more pictures. `repeats`: pictures that are old. */
  readonly what: 'stops' | 'repeats';
  /** Deedban itself ends it meanwhile. */
  readonly returns?: true;
  /** What a tile may call it, at the end. */
  readonly words: readonly string[];
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

function waysOf({ cameras, wall }: FootageWalls, relay: UdpRelay): Way[] {
  const gone = ['stalled', 'lost', 'retrying'];
  const signal = async (name: NodeJS.Signals) => void process.kill(await wall.gatewayPid(), name);
  return [
    {
      name: 'camera silent',
      what: 'stops',
      words: gone,
      begin: () => cameras.behave(null, 'silent'),
      end: () => cameras.behave(null, 'plays'),
    },
    { name: 'camera gone', what: 'stops', words: gone, begin: () => cameras.cut(true), end: () => cameras.cut(false) },
    { name: 'link cut', what: 'stops', words: gone, begin: () => relay.cut(), end: () => relay.heal() },
    {
      name: 'gateway suspended',
      what: 'stops',
      returns: true,
      words: gone,
      begin: () => signal('SIGSTOP'),
      end: () => signal('SIGCONT').catch(() => {}),
    },
    { name: 'gateway killed', what: 'stops', returns: true, words: gone, begin: () => signal('SIGKILL'), end: () => {} },
    {
      name: 'encoder frozen',
      what: 'repeats',
      words: ['frozen'],
      begin: () => cameras.behave(null, 'frozen'),
      end: () => cameras.behave(null, 'plays'),
    },
    {
      name: 'filler in a loop',
      what: 'repeats',
      words: ['slate', 'frozen'],
      begin: () => cameras.behave(null, 'looping'),
      end: () => cameras.behave(null, 'plays'),
    },
  ];
}

/** A page script: notes each tile's last picture, and what it calls itself, from `truth.begin()` on. Times are UTC in milliseconds. */
const watchTruth = `window.truth ??= (() => {
  const utc = (ms) => performance.timeOrigin + ms;
  const all = () => [...document.querySelectorAll('[data-tile]')];
  const word = (tile) => tile.dataset.verdict ?? tile.dataset.state;
  let notes = new Map();
  const follow = (tile) => {
    const video = tile.querySelector('video');
    video.requestVideoFrameCallback((now, { presentationTime }) => {
      const note = notes.get(tile);
      // A picture after the flag is one from a cache.
      if (note && note.flaggedUtcMs === null) note.lastUtcMs = utc(presentationTime);
      follow(tile);
    });
  };
  for (const tile of all()) follow(tile);
  new MutationObserver((records) => {
    for (const { target } of records) {
      const note = notes.get(target);
      if (note && word(target) !== note.word) {
        note.word = word(target);
        if (note.word !== 'live') {
          note.flaggedUtcMs ??= utc(performance.now());
          note.flag = note.word;
        } else note.lied = note.flaggedUtcMs !== null;
      }
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state', 'data-verdict'] });
  return {
    begin() { notes = new Map(all().map((tile) => [tile, { word: word(tile), flag: null, flaggedUtcMs: null, lastUtcMs: null, lied: false }])); },
    notes: () => all().map((tile) => notes.get(tile)),
    live: () => all().filter((tile) => word(tile) === 'live').length,
  };
})(); undefined`;

const notesSchema = z.array(
  z.object({
    /** What it called itself last while it was not live. */
    flag: z.string().nullable(),
    flaggedUtcMs: z.number().nullable(),
    lastUtcMs: z.number().nullable(),
    /** Called itself live again, although nothing new had come. */
    lied: z.boolean(),
  }),
);
const notesOf = async (page: Page) => notesSchema.parse(await page.evaluate('truth.notes()'));

async function untilLive(page: Page): Promise<void> {
  await until('all tiles are live', async () => (await page.evaluate('truth.live()')) === tiles, 60_000);
}

interface Flag {
  readonly afterMs: number;
  /** What the tile called itself, last. */
  readonly flag: string;
  readonly named: boolean;
  readonly lied: boolean;
}

/** Stops the pictures one way, and looks how soon and as what each tile says so. */
async function stopOnce(page: Page, { cameras }: FootageWalls, way: Way): Promise<Flag[]> {
  await page.evaluate('truth.begin()');
  await page.waitForTimeout(1_000);
  await way.begin();
  await page.waitForTimeout(limitMs);
  const notes = await notesOf(page);
  // Where pictures go on, what counts is when the last one that moved was sent.
  const moved = (await cameras.sentUs([...notes.keys()])).map((times) => Math.max(...times) / 1_000);
  await way.end();
  return notes.map(({ flag, flaggedUtcMs, lastUtcMs, lied }, tile) => {
    // Before the next picture is due nothing is wrong.
    const sinceMs = way.what === 'stops' ? (lastUtcMs ?? Number.NaN) + intervalMs : (moved[tile] ?? Number.NaN);
    return {
      afterMs: flaggedUtcMs === null ? limitMs : flaggedUtcMs - sinceMs,
      flag: flag ?? 'nothing',
      named: flag !== null && way.words.includes(flag),
      lied: lied && way.returns !== true,
    };
  });
}

/** Whether the glass tells the truth when the picture on it is none. */
export const truth: Story = {
  name: 'truth',
  about: 'the picture of 9 tiles stopped in 7 ways: until each tile says so, and as what; false alarms while nothing is wrong',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(tiles);
    const relay = createUdpRelay({ clock: systemClock, seed: 1 });
    const flags: (Flag & { readonly way: Way })[] = [];
    try {
      // From the first on: connections are kept and used again.
      const { page, ...ours } = await walls.openOurs({ prepare: (opened) => sendThroughRelay(opened, relay) });
      try {
        const numbers = Array.from({ length: tiles }, (_, index) => index);
        await page.evaluate(`footage.expect(${JSON.stringify(footagesOf(numbers))})`);
        await ours.show(numbers);
        await untilShown(page);
        await page.evaluate(watchTruth);
        await untilLive(page);
        const calmMinutes = quick ? 0.25 : 5;
        await page.waitForTimeout(3_000);
        await page.evaluate('truth.begin()');
        await page.waitForTimeout(calmMinutes * 60_000);
        const alarms = (await notesOf(page)).filter(({ flaggedUtcMs }) => flaggedUtcMs !== null).length;
        progress(`${calmMinutes} minutes with nothing wrong: ${alarms} false alarms`);
        for (let round = 0; round < (quick ? 1 : 7); round += 1) {
          for (const way of waysOf(walls, relay)) {
            const all = await stopOnce(page, walls, way);
            flags.push(...all.map((flag) => ({ ...flag, way })));
            const times = all.map(({ afterMs }) => afterMs / 1_000);
            progress(
              `${way.name}: said after ${quantile(times, 0.5).toFixed(2)} s (last ${Math.max(...times).toFixed(2)}), ${all.filter(({ named }) => named).length} of ${tiles} named rightly (${[...new Set(all.map(({ flag }) => flag))].join(', ')}), ${all.filter(({ lied }) => lied).length} live again meanwhile`,
            );
            await untilLive(page);
            await page.waitForTimeout(1_500);
          }
        }
        const seconds = (counts: (way: Way) => boolean) =>
          flags.filter(({ way }) => counts(way)).map(({ afterMs }) => afterMs / 1_000);
        const misnamed = flags.filter(({ named }) => !named).length;
        return [
          soleResult(
            'stopped: said after the next picture was due, 99 %',
            's',
            seconds(({ what }) => what === 'stops'),
            0.5,
            0.99,
          ),
          // By itself each: they are found by different clocks, and lie seconds apart.
          soleResult(
            'encoder frozen: said, 99 %',
            's',
            seconds(({ name }) => name === 'encoder frozen'),
            5,
            0.99,
          ),
          soleResult(
            'filler in a loop: said, 99 %',
            's',
            seconds(({ name }) => name === 'filler in a loop'),
            5,
            0.99,
          ),
          soleResult('named wrongly', 'tiles', [misnamed], 0),
          soleResult('live again without a new picture', 'tiles', [flags.filter(({ lied }) => lied).length], 0),
          soleResult(`false alarms in ${calmMinutes} minutes`, 'tiles', [alarms], 0),
        ];
      } finally {
        await ours.close();
      }
    } finally {
      await relay.close();
      await walls.close();
    }
  },
};
