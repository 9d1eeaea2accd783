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
import { onEverySecond } from '../../ui/ticker.ts';
import { rewindView, rewoundAt } from './rewind-view.ts';
import styles from './rewound-picture.module.css';

interface RewoundPictureProps {
  readonly rewinds: Rewinds;
  readonly tile: RewoundTile;
  /** The camera's streams as their rings are named, the best first. */
  readonly sources: readonly string[];
}

/** What a tile showed: the kept picture over the live one, in large words that it is not live, when it was, and how long ago. */
export function RewoundPicture({ rewinds, tile, sources }: RewoundPictureProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const age = useRef<HTMLSpanElement>(null);
  const kept = useRef<HTMLSpanElement>(null);
  const trouble = useRef<HTMLParagraphElement>(null);
  const picture = useRef<Picture | null>(null);
  const position = useStore(rewindView, (view) => rewoundAt(view, tile.at)?.position ?? tile.position);
  const names = sources.join(' ');

  // In this order: whenever the picture is opened anew it goes where it is to be now.
  const place = useRef(position);
  useEffect(() => {
    place.current = position;
    picture.current?.show(playPosition(position));
  }, [position]);

  // A canvas can be given once: another language must not ask for it again.
  const words = useRef(t);
  useEffect(() => {
    words.current = t;
  }, [t]);
  useEffect(() => {
    const { current } = canvas;
    if (!current) return;
    let fact: RewoundFact | null = null;
    // Some times a second and not by a render: only its clock is another.
    const write = () => {
      const shown = fact === null ? null : shownOf(fact, Date.now());
      put(clock.current, shown === null ? '' : clockText(shown.utcMs));
      put(age.current, shown === null ? '' : words.current('rewind.ago', { age: ageText(words.current, shown.ageMs) }));
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
    const opened = rewinds.open(current, names.split(' '), (next) => {
      fact = next;
      write();
    });
    if (opened === null) put(trouble.current, words.current('rewind.nothing'));
    picture.current = opened;
    opened?.show(playPosition(place.current));
    const stop = onEverySecond(write);
    return () => {
      stop();
      opened?.close();
      picture.current = null;
    };
  }, [rewinds, names]);

  return (
    <div className={styles.rewound} data-rewound-picture="">
      <canvas key={names} ref={canvas} className={styles.picture} data-rewound-canvas="" data-state="seeking" />
      <div className={styles.words}>
        <p className={styles.word}>
          {t('rewind.word')} <span ref={clock} className={styles.clock} />
        </p>
        <p className={styles.age}>
          <span ref={age} /> {paceWords()} <span ref={kept} className={styles.kept} />
        </p>
        <p ref={trouble} className={styles.trouble} />
      </div>
    </div>
  );

  function paceWords(): string {
    if (position.speed === 0) return t('rewind.stands');
    return position.speed === 1 ? '' : t('rewind.speed', { speed: position.speed });
  }
}

/** What is to be said of a picture that is not the one that was wanted. */
function wrongOf(t: TFunction, { state, gapMs }: RewoundFact): string {
  if (state === 'failed' || state === 'nothing' || state === 'no-decoder') return t(`rewind.${state}`);
  return gapMs === null ? '' : t('rewind.gap', { age: ageText(t, gapMs) });
}

function put(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** The clock that all workers of a page share, against the day's: over months they drift apart. */
const apartMs = (): number => performance.timeOrigin + performance.now() - Date.now();

function playPosition({ momentUtcMs, saidUtcMs, speed, steps }: RewindPosition) {
  const apart = apartMs();
  return { momentMs: momentUtcMs + apart, saidMs: saidUtcMs + apart, speed, steps };
}

/** When the picture on the glass was taken, or came where nobody tells that, and how long ago it came. Null before the first. */
function shownOf(
  { arrivedMs, takenUtcMs }: RewoundFact,
  nowUtcMs: number,
): { readonly utcMs: number; readonly ageMs: number } | null {
  if (arrivedMs === null) return null;
  const arrivedUtcMs = arrivedMs - apartMs();
  return { utcMs: takenUtcMs ?? arrivedUtcMs, ageMs: nowUtcMs - arrivedUtcMs };
}
