import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nextDelayMs, retryPolicies } from '../../../core/streams/retry-policy.ts';
import { type ByAddress, ByAddressProblem } from '../../media/by-address.ts';
import { clockText, dayText } from '../../ui/clock-text.ts';
import styles from './tile-still.module.css';

interface TileStillProps {
  readonly byAddress: ByAddress;
  readonly digest: string;
  readonly takenUtcMs: number;
}

/** A kept picture. Nobody may take it for a live one: it has a frame, a word and its day and time across its upper edge. */
export function TileStill({ byAddress, digest, takenUtcMs }: TileStillProps) {
  const { t } = useTranslation();
  const still = useStill(byAddress, digest);
  const taken = `${dayText(takenUtcMs)} ${clockText(takenUtcMs)}`;
  return (
    <figure className={styles.still} data-still={still.state}>
      {still.state === 'there' && <img className={styles.image} src={still.url} alt={t('wall.still-alt', { taken })} />}
      {still.state === 'missing' && <p className={styles.missing}>{t('wall.still-missing')}</p>}
      <figcaption className={styles.words}>
        <b>{t('wall.still')}</b> {taken}
      </figcaption>
    </figure>
  );
}

type Still = { readonly state: 'coming' | 'missing' } | { readonly state: 'there'; readonly url: string };

/** The picture as an address of this page; it is asked for again until it comes or is known not to be there. */
function useStill(byAddress: ByAddress, digest: string): Still {
  const [still, setStill] = useState<Still>({ state: 'coming' });
  useEffect(() => {
    const leaving = new AbortController();
    let url: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (attempt: number): void => {
      byAddress
        .get(`/stills/${digest}`, leaving.signal)
        .then((answer) => answer.blob())
        .then((blob) => {
          if (leaving.signal.aborted) return;
          url = URL.createObjectURL(blob);
          setStill({ state: 'there', url });
        })
        .catch((error: unknown) => {
          if (leaving.signal.aborted) return;
          const final = error instanceof ByAddressProblem && error.status === 404;
          if (final) return setStill({ state: 'missing' });
          timer = setTimeout(() => ask(attempt + 1), nextDelayMs(retryPolicies.restart, attempt, Math.random));
        });
    };
    ask(0);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      if (url !== null) URL.revokeObjectURL(url);
      setStill({ state: 'coming' });
    };
  }, [byAddress, digest]);
  return still;
}
