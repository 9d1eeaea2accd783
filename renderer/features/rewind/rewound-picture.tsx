import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RewindPosition } from '../../../core/rewind/rewind-position.ts';
import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { RewoundFact } from '../../media/rewind-messages.ts';
import type { Rewinds, RewoundPicture as Picture } from '../../media/rewinds.ts';
import { ageText } from '../../ui/age-text.ts';
import { clockText } from '../../ui/clock-text.ts';
import { NotLive } from '../../ui/not-live.tsx';
import notLive from '../../ui/not-live.module.css';
import { onEverySecond } from '../../ui/ticker.ts';
import { toTell } from './found-elsewhere.ts';
import type { RewindClient } from './rewind-client.ts';
import { rewindView, rewoundAt } from './rewind-view.ts';
import styles from './rewound-picture.module.css';

interface RewoundPictureProps {
  readonly client: Pick<RewindClient, 'call'>;
  readonly rewinds: Rewinds;
  readonly tile: RewoundTile;
  /** The camera's streams as their rings are named, the best first. */
  readonly sources: readonly string[];
}

/** What a tile showed: the kept picture over the live one, in large words that it is not live, when it was, and how long ago. */
export function RewoundPicture({ client, rewinds, tile, sources }: RewoundPictureProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const age = useRef<HTMLSpanElement>(null);
  const pace = useRef<HTMLSpanElement>(null);
  const kept = useRef<HTMLSpanElement>(null);
  const trouble = useRef<HTMLSpanElement>(null);
  const picture = useRef<Picture | null>(null);
  const position = useStore(rewindView, (view) => rewoundAt(view, tile.at)?.position ?? tile.position);
  const { momentUtcMs, saidUtcMs, speed, steps, foundUtcMs } = position;
  const names = sources.join(' ');

  // In this order: whenever the picture is opened anew it goes where it is to be now. What main was told of it meanwhile is no other place.
  const place = useRef({ position, wish: 0 });
  useEffect(() => {
    place.current = {
      position: { momentUtcMs, saidUtcMs, speed, steps, foundUtcMs: null },
      wish: place.current.wish + 1,
    };
    picture.current?.show(playPosition(place.current));
  }, [momentUtcMs, saidUtcMs, speed, steps]);

  /** What main was told of it. */
  const found = useRef<number | null>(null);
  useEffect(() => {
    found.current = foundUtcMs;
  }, [foundUtcMs]);

  const words = useRef(t);
  const at = useRef(tile.at);
  useEffect(() => {
    words.current = t;
    at.current = tile.at;
  }, [t, tile.at]);
  useEffect(() => {
    const { current } = canvas;
    const screen = current?.getContext('bitmaprenderer');
    if (!current || !screen) return;
    let fact: RewoundFact | null = null;
    let sinceUtcMs = 0;
    const told = { wish: 0, utcMs: 0 };
    // With each picture, in the task that puts it on the glass, and not by a render: only its clock is another.
    const write = () => {
      const shown = fact === null ? null : shownOf(fact, Date.now());
      put(clock.current, shown === null ? '' : clockText(shown.utcMs));
      put(age.current, shown === null ? '' : words.current('rewind.ago', { age: ageText(words.current, shown.ageMs) }));
      put(pace.current, paceWords(words.current, fact?.speed ?? null));
      const reach = fact?.fromMs ?? null;
      put(
        kept.current,
        reach === null
          ? ''
          : `· ${words.current('rewind.kept', { age: ageText(words.current, Date.now() + apartMs() - reach) })}`,
      );
      put(trouble.current, fact === null ? '' : wrongOf(words.current, fact));
      current.dataset['state'] = fact?.state ?? 'seeking';
      if (shown === null) return;
      current.dataset['sequence'] = `${fact?.sequence ?? ''}`;
      current.dataset['shownUtc'] = `${shown.utcMs}`;
      current.dataset['gapMs'] = `${fact?.gapMs ?? ''}`;
    };
    const tellWhere = () => {
      const { position: asked, wish } = place.current;
      const nowUtcMs = Date.now();
      const shown = fact === null ? null : shownOf(fact, nowUtcMs);
      if (shown === null || fact?.wish !== wish) return;
      if (told.wish === wish && (asked.speed === 0 || nowUtcMs - told.utcMs < tellAgainMs)) return;
      const { arrivedUtcMs: shownUtcMs } = shown;
      const news = toTell({ ...asked, foundUtcMs: found.current }, { shownUtcMs, gapMs: fact.gapMs, sinceUtcMs }, nowUtcMs);
      if (news === null) return;
      Object.assign(told, { wish, utcMs: nowUtcMs });
      // Where it cannot be told there is no main, and no rewound tile either before long.
      client.call('rewind.found', { at: at.current, position: pick(asked), shownUtcMs, ...news }).catch(() => {});
    };
    const opened = rewinds.open(names.split(' '), (next, bitmap) => {
      fact = next;
      if (bitmap !== null) {
        if (current.width !== bitmap.width) current.width = bitmap.width;
        if (current.height !== bitmap.height) current.height = bitmap.height;
        screen.transferFromImageBitmap(bitmap);
        sinceUtcMs = Date.now();
      }
      write();
      tellWhere();
    });
    if (opened === null) put(trouble.current, words.current('rewind.nothing'));
    picture.current = opened;
    opened?.show(playPosition(place.current));
    // Time goes on over a gap without any picture.
    const stop = onEverySecond(() => {
      write();
      tellWhere();
    });
    return () => {
      stop();
      opened?.close();
      picture.current = null;
    };
  }, [client, rewinds, names]);

  return (
    <div className={styles.rewound} data-rewound-picture="">
      <canvas ref={canvas} className={styles.picture} data-rewound-canvas="" data-state="seeking" />
      <NotLive
        tone="attention"
        goesOn
        word={
          <>
            {t('rewind.word')} <span ref={clock} />
          </>
        }
        age={
          <>
            <span ref={age} /> <span ref={pace} /> <span ref={kept} className={notLive.aside} />
          </>
        }
        reason={<span ref={trouble} />}
      />
    </div>
  );
}

/** What goes on is told no more often (ms). */
const tellAgainMs = 500;

function paceWords(t: TFunction, speed: number | null): string {
  if (speed === 0) return t('rewind.stands');
  return speed === null || speed === 1 ? '' : t('rewind.speed', { speed });
}

/** What is to be said of a picture that is not the one that was wanted. */
function wrongOf(t: TFunction, { state, gapMs }: RewoundFact): string {
  if (state === 'failed' || state === 'nothing' || state === 'no-decoder') return t(`rewind.${state}`);
  return gapMs === null ? '' : t('rewind.gap', { age: ageText(t, gapMs) });
}

function put(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

const pick = ({ saidUtcMs, steps }: RewindPosition) => ({ saidUtcMs, steps });

/** The clock that all workers of a page share, against the day's: over months they drift apart. */
const apartMs = (): number => performance.timeOrigin + performance.now() - Date.now();

function playPosition({ position, wish }: { readonly position: RewindPosition; readonly wish: number }) {
  const apart = apartMs();
  const { momentUtcMs, saidUtcMs, speed, steps } = position;
  return { momentMs: momentUtcMs + apart, saidMs: saidUtcMs + apart, speed, steps, wish };
}

/** When the picture on the glass was taken, or came where nobody tells that, and how long ago it came. Null before the first. */
function shownOf(
  { arrivedMs, takenUtcMs }: RewoundFact,
  nowUtcMs: number,
): { readonly utcMs: number; readonly arrivedUtcMs: number; readonly ageMs: number } | null {
  if (arrivedMs === null) return null;
  const arrivedUtcMs = arrivedMs - apartMs();
  return { utcMs: takenUtcMs ?? arrivedUtcMs, arrivedUtcMs, ageMs: nowUtcMs - arrivedUtcMs };
}
