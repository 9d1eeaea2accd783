import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { HealthClient } from './health-client.ts';
import styles from './decoding-words.module.css';

/** What the time in decoders is and what it is not, and how busy the processor really is. */
export function DecodingWords({ client }: { readonly client: HealthClient }) {
  const { t } = useTranslation();
  const busy = useWatched<DeedbanContract, 'streams.pc'>(client, 'streams.pc')?.busy ?? null;
  return (
    <div className={styles.words}>
      {busy !== null && <p>{t('health.pc-busy', { percent: Math.round(busy * 100) })}</p>}
      <p>{t('health.decode-load-what')}</p>
    </div>
  );
}
