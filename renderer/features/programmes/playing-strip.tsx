import { Pause, Play, SkipBack, SkipForward, Square, TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Playing, Programme } from '../../../core/programmes/programmes.contract.ts';
import { ageText } from '../../ui/age-text.ts';
import { CommandButton } from '../../ui/command-button.tsx';
import { LiveText } from '../../ui/live-text.tsx';
import lines from '../../ui/numbered-list.module.css';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './playing-strip.module.css';
import type { ProgrammesClient } from './programmes-client.ts';
import { programmeCommand } from './programmes-commands.ts';

interface PlayingStripProps {
  readonly client: ProgrammesClient;
  readonly playing: Playing;
  readonly programme: Programme;
}

/** The programme that plays: where it is, how long the step stays, and what did not go as written. */
export function PlayingStrip({ client, playing, programme }: PlayingStripProps) {
  const { t } = useTranslation();
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list');
  const { step, paused, nextAtUtcMs, leftMs, pinned, missing, notShown, startedBySeat, interrupted } = playing;
  const scene = scenes?.find(({ id }) => id === programme.steps[step]?.scene);
  const left = useCallback(() => {
    const ms = nextAtUtcMs === null ? (leftMs ?? 0) : Math.max(0, nextAtUtcMs - Date.now());
    return t(nextAtUtcMs === null ? 'programmes.left-paused' : 'programmes.left', { time: ageText(t, ms) });
  }, [t, nextAtUtcMs, leftMs]);
  return (
    <section className={styles.strip} aria-label={t('programmes.now')} data-paused={paused || undefined}>
      <p className={styles.programme}>
        <b>{programme.number}</b>
        <span className={lines.name} dir="auto">
          {programme.name}
        </span>
      </p>
      <p className={styles.scene}>
        {scene && <b>{scene.number}</b>}
        <span className={lines.name} dir="auto">
          {scene?.name ?? t('programmes.scene-gone')}
        </span>
      </p>
      <p className={styles.quiet}>
        {t('programmes.step-of', { step: step + 1, count: programme.steps.length })} · <LiveText read={left} />
      </p>
      <p className={styles.quiet}>{t('programmes.started-by', { seat: startedBySeat })}</p>
      {pinned > 0 && <p className={styles.quiet}>{t('programmes.pinned', { count: pinned })}</p>}
      {interrupted && (
        <Trouble words={t('programmes.interrupted', { seat: interrupted.bySeat, scene: interrupted.sceneNumber })} />
      )}
      {missing && <Trouble words={t('programmes.missing')} />}
      {notShown && <Trouble words={t('programmes.not-shown')} />}
      <div className={styles.tools} role="toolbar" aria-label={t('programmes.now')}>
        <CommandButton
          command={programmeCommand('programmes.previous')}
          icon={<SkipBack className={styles.turns} aria-hidden />}
        />
        <CommandButton
          command={programmeCommand('programmes.turn')}
          icon={paused ? <Play className={styles.turns} aria-hidden /> : <Pause aria-hidden />}
        />
        <CommandButton
          command={programmeCommand('programmes.next')}
          icon={<SkipForward className={styles.turns} aria-hidden />}
        />
        <CommandButton command={programmeCommand('programmes.stop')} icon={<Square aria-hidden />} />
      </div>
    </section>
  );
}

function Trouble({ words }: { readonly words: string }) {
  return (
    <p className={styles.trouble} role="status">
      <TriangleAlert aria-hidden />
      {words}
    </p>
  );
}
