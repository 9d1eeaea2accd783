import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipSummary } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Button } from '../../ui/button.tsx';
import { clockText, dayText, momentText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import { ClipPlayer } from './clip-player.tsx';
import { deletionReason } from './deletion-reason.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import type { EvidenceClient } from './evidence-client.ts';
import { deleteClip } from './evidence-deeds.ts';
import styles from './evidence-of.module.css';
import { sizeText } from '../../ui/size-text.ts';

/** The clips of an incident and their gaps. */
export function ClipLines({
  clips,
  cameraName,
  client,
  byAddress,
  mayWatch,
  mayDelete,
}: {
  readonly clips: readonly ClipSummary[];
  readonly cameraName: (id: string) => string;
  readonly client: EvidenceClient;
  readonly byAddress: ByAddress;
  readonly mayWatch: boolean;
  readonly mayDelete: boolean;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ readonly what: 'delete' | 'watch'; readonly clip: ClipSummary } | null>(null);
  return (
    <section aria-label={t('evidence.clips')}>
      <h3 className={styles.title}>{t('evidence.clips')}</h3>
      {clips.length === 0 && <p className={styles.none}>{t('evidence.no-clips')}</p>}
      <ul className={styles.list}>
        {clips.map((clip) => {
          const { id, camera, stream, firstPictureUtcMs, lengthMs, pictures, sizeBytes, life, gaps } = clip;
          return (
            <li key={id} className={styles.clip} data-clip={id} data-life={life.state}>
              <bdi>{cameraName(camera)}</bdi> <span className={styles.quiet}>{t(`wall.stream-${stream}`)}</span>{' '}
              {life.state === 'growing' && <span className={styles.quiet}>{t('evidence.growing')}</span>}
              {life.state === 'whole' && life.how !== 'ended' && <span className={styles.gap}>{t('evidence.cut-off')}</span>}
              {life.state === 'deleted' && (
                <span className={styles.gap}>{t('evidence.deleted', { reason: deletionReason(t, life.reason) })}</span>
              )}
              <div className={styles.quiet}>
                {listed(t, [
                  momentText(firstPictureUtcMs),
                  t('evidence.clip-length', { seconds: seconds(lengthMs), pictures, size: sizeText(sizeBytes) }),
                ])}
              </div>
              {life.state !== 'deleted' && (
                <span className={styles.deeds}>
                  {mayWatch && <Button onClick={() => setAsked({ what: 'watch', clip })}>{t('evidence.watch')}</Button>}
                  {mayDelete && life.state === 'whole' && (
                    <Button onClick={() => setAsked({ what: 'delete', clip })}>{t('evidence.delete')}</Button>
                  )}
                </span>
              )}
              {gaps.map(({ fromMs, toMs }) => (
                <span key={fromMs} className={styles.gap}>
                  {toMs === null
                    ? t('evidence.gap-end', { from: seconds(fromMs) })
                    : t('evidence.gap', { from: seconds(fromMs), to: seconds(toMs) })}
                </span>
              ))}
            </li>
          );
        })}
      </ul>
      {asked?.what === 'watch' && (
        <ClipPlayer byAddress={byAddress} clip={asked.clip} cameraName={cameraName} onClose={() => setAsked(null)} />
      )}
      {asked?.what === 'delete' && (
        <DeleteDialog
          title={t('evidence.delete-title')}
          about={listed(t, [
            cameraName(asked.clip.camera),
            ...[clockText, dayText].map((text) => text(asked.clip.firstPictureUtcMs)),
          ])}
          means={t('evidence.delete-what')}
          remove={(reason) => deleteClip(client, asked.clip.id, reason)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
