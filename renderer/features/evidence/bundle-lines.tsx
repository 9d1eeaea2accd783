import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BundleFact } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Button } from '../../ui/button.tsx';
import { momentText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import type { EvidenceClient } from './evidence-client.ts';
import { deleteBundle } from './evidence-deeds.ts';
import styles from './evidence-of.module.css';
import { exportBundle } from './export-bundle.ts';
import { sizeText } from '../../ui/size-text.ts';

interface BundleLinesProps {
  readonly client: EvidenceClient;
  readonly bundles: readonly BundleFact[];
  readonly byAddress: ByAddress;
  readonly mayExport: boolean;
  readonly mayDelete: boolean;
  /** Signs a bundle a second time; null where this seat may not. */
  readonly countersign: ((file: string) => Promise<void>) | null;
  readonly seat: number | null;
}

/** The sealed bundles of an incident, and the way out of the room. */
export function BundleLines({ client, bundles, byAddress, mayExport, mayDelete, countersign, seat }: BundleLinesProps) {
  const { t } = useTranslation();
  const [going, setGoing] = useState<{ readonly file: string; readonly share: number } | null>(null);
  const [signing, setSigning] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<string | null>(null);
  const cancel = useRef<AbortController | null>(null);
  async function take(bundle: BundleFact): Promise<void> {
    const ends = new AbortController();
    cancel.current = ends;
    const { file } = bundle;
    try {
      await exportBundle({ client, byAddress, bundle, signal: ends.signal, progress: (share) => setGoing({ file, share }) });
    } finally {
      setGoing(null);
    }
  }
  function sign(file: string): void {
    setSigning(file);
    void countersign?.(file).finally(() => setSigning(null));
  }
  return (
    <section aria-label={t('evidence.bundles')}>
      <h3 className={styles.title}>{t('evidence.bundles')}</h3>
      {bundles.length === 0 && <p className={styles.none}>{t('evidence.no-bundles')}</p>}
      <ul className={styles.list}>
        {bundles.map((bundle) => (
          <li key={bundle.file} className={styles.bundle} data-bundle={bundle.file}>
            <span className={styles.file} dir="ltr">
              {bundle.file}
            </span>
            <span className={styles.quiet}>{listed(t, [momentText(bundle.sealedUtcMs), sizeText(bundle.sizeBytes)])}</span>
            {bundle.second !== null && (
              <span className={styles.quiet}>{t('evidence.second-by', { seat: bundle.second.bySeat ?? '' })}</span>
            )}
            {countersign !== null && bundle.second === null && bundle.bySeat !== seat && (
              <Button data-countersign={bundle.file} disabled={signing !== null} onClick={() => sign(bundle.file)}>
                {t(signing === bundle.file ? 'evidence.countersigning' : 'evidence.countersign')}
              </Button>
            )}
            {going?.file === bundle.file ? (
              <>
                <span>{t('evidence.exporting', { percent: Math.floor(going.share * 100) })}</span>
                <Button onClick={() => cancel.current?.abort()}>{t('evidence.export-cancel')}</Button>
              </>
            ) : (
              mayExport && (
                <Button disabled={going !== null} onClick={() => void take(bundle)}>
                  {t('evidence.export')}
                </Button>
              )
            )}
            {mayDelete && going?.file !== bundle.file && signing !== bundle.file && (
              <Button data-delete-bundle={bundle.file} onClick={() => setDeleting(bundle.file)}>
                {t('evidence.delete')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {deleting !== null && (
        <DeleteDialog
          title={t('evidence.delete-bundle-title')}
          about={deleting}
          means={t('evidence.delete-bundle-what')}
          remove={(reason) => deleteBundle(client, deleting, reason)}
          onClose={() => setDeleting(null)}
        />
      )}
    </section>
  );
}
