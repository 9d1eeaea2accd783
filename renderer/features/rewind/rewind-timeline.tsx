import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { momentAt } from '../../../core/rewind/rewind-position.ts';
import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { ageText } from '../../ui/age-text.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { RewindClient } from './rewind-client.ts';
import { rewind } from './rewind-commands.ts';
import styles from './rewind-timeline.module.css';

/** What the timeline reaches over. */
const spanMs = 120_000;
const stepMs = 500;
const moveEveryMs = 250;

interface RewindTimelineProps {
  readonly client: RewindClient;
  readonly at: TilePlace;
  /** Null where the tile is live. */
  readonly rewound: RewoundTile | null;
}

/** The last two minutes of a tile, the present at the end: how far is in memory, and what is shown. Drawn along it, the tile follows. */
export function RewindTimeline({ client, at, rewound }: RewindTimelineProps) {
  const { t } = useTranslation();
  const slider = useRef<HTMLInputElement>(null);
  const told = useRef<HTMLOutputElement>(null);
  const wish = useRef<{ waiting: number | null; asking: boolean }>({ waiting: null, asking: false });
  const tiles = useWatched<DeedbanContract, 'streams.tiles'>(client, 'streams.tiles');
  const fact = tiles?.find(({ displayId }) => displayId === at.displayId)?.tiles.find(({ tile }) => tile === at.tile);
  const keptMs = Math.min(spanMs, fact?.keptMs ?? 0);

  useEffect(() => {
    const write = () => {
      const agoMs = rewound === null ? 0 : Date.now() - momentAt(rewound.position, Date.now());
      // Under a hand it is the hand that says where it is.
      if (slider.current && !slider.current.matches(':active')) slider.current.value = `${-agoMs}`;
      const words = rewound === null ? t('rewind.present') : t('rewind.ago', { age: ageText(t, agoMs) });
      if (told.current && told.current.textContent !== words) told.current.textContent = words;
    };
    write();
    const timer = setInterval(write, moveEveryMs);
    return () => clearInterval(timer);
  }, [rewound, t]);

  /** One question at a time, always for the newest place. */
  async function scrub(agoMs: number): Promise<void> {
    wish.current.waiting = agoMs;
    if (wish.current.asking) return;
    wish.current.asking = true;
    try {
      for (;;) {
        const next = wish.current.waiting;
        wish.current.waiting = null;
        if (next === null) return;
        await rewind(client, at, { act: 'to', momentUtcMs: Date.now() - next });
      }
    } catch (error) {
      sayFault(error);
    } finally {
      wish.current.asking = false;
    }
  }

  return (
    <div className={styles.timeline}>
      <div className={styles.track}>
        <progress className={styles.kept} max={spanMs} value={keptMs} aria-hidden />
        <input
          ref={slider}
          type="range"
          className={styles.slider}
          min={-spanMs}
          max={0}
          step={stepMs}
          defaultValue={0}
          aria-label={t('rewind.timeline')}
          onInput={({ currentTarget }) => void scrub(-Number(currentTarget.value))}
        />
      </div>
      <p className={styles.facts}>
        <span>{t('rewind.kept', { age: ageText(t, keptMs) })}</span>
        <output ref={told} className={styles.told} data-rewound={rewound !== null || undefined} />
      </p>
    </div>
  );
}
