import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipSummary } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './evidence-of.module.css';

interface ClipPlayerProps {
  readonly byAddress: ByAddress;
  readonly clip: ClipSummary;
  readonly cameraName: (id: string) => string;
  readonly onClose: () => void;
}

/** Plays a clip as it was secured. That it was looked at is a line of its custody log, written by main as it gives it. */
export function ClipPlayer({ byAddress, clip, cameraName, onClose }: ClipPlayerProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const { id } = clip;
  useEffect(() => {
    const ends = new AbortController();
    let made: string | null = null;
    byAddress
      .stream(`/evidence/clips/${id}`, ends.signal)
      .then(async (answer) => {
        const content = await answer.blob();
        if (ends.signal.aborted) return;
        made = URL.createObjectURL(content);
        setAddress(made);
      })
      .catch(() => {
        if (!ends.signal.aborted) setFailed(true);
      });
    return () => {
      ends.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [byAddress, id]);
  return (
    <Dialog open onClose={onClose} title={t('evidence.watch-title', { camera: cameraName(clip.camera) })} width="wide">
      {failed && <p className={styles.gap}>{t('evidence.watch-failed')}</p>}
      {address !== null && !failed && (
        <video className={styles.player} src={address} controls autoPlay muted data-player={id} onError={() => setFailed(true)} />
      )}
    </Dialog>
  );
}
