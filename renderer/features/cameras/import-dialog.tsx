import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import { type ImportPreview, importPreviewSchema } from '../../../core/cameras/cameras.contract.ts';
import { type ByAddress, ByAddressProblem } from '../../media/by-address.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient } from './directory.ts';
import styles from './import-dialog.module.css';
import { sayRefusal } from './say-refusal.ts';

interface ImportDialogProps {
  readonly client: CamerasClient;
  readonly byAddress: ByAddress;
  readonly onClose: () => void;
}

type Step =
  | { readonly at: 'choose'; readonly problem: number | null }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'preview'; readonly preview: ImportPreview }
  | { readonly at: 'applying'; readonly preview: ImportPreview };

/** A file of cameras: read, shown what it would do, then taken as a whole or left. */
export function ImportDialog({ client, byAddress, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: 'choose', problem: null });
  const [removeGone, setRemoveGone] = useState(false);
  const reading = useRef<AbortController | null>(null);

  async function read(file: File): Promise<void> {
    const aborting = new AbortController();
    reading.current = aborting;
    setStep({ at: 'reading', name: file.name });
    try {
      const answer = await byAddress.put(`/directory/import?name=${encodeURIComponent(file.name)}`, file, aborting.signal);
      setStep({ at: 'preview', preview: importPreviewSchema.parse(await answer.json()) });
    } catch (error) {
      if (!aborting.signal.aborted) setStep({ at: 'choose', problem: error instanceof ByAddressProblem ? error.status : 0 });
    }
  }
  function leave(): void {
    reading.current?.abort();
    if (step.at === 'preview') client.call('cameras.leave-import', { preview: step.preview.id }).catch(() => {});
    onClose();
  }
  async function apply(preview: ImportPreview): Promise<void> {
    setStep({ at: 'applying', preview });
    const { refusal } = await client.call('cameras.apply-import', { preview: preview.id, removeGone });
    if (!sayRefusal(refusal)) return setStep({ at: 'choose', problem: null });
    say((words) => words('cameras.imported', { count: preview.added + preview.changed }));
    onClose();
  }

  const preview = step.at === 'preview' || step.at === 'applying' ? step.preview : null;
  const good = preview === null ? 0 : preview.added + preview.changed + preview.unchanged;
  // Those that are gone would stay, with numbers that the file gives to others.
  const clashes = removeGone ? 0 : (preview?.clashes.length ?? 0);
  return (
    <Dialog
      open
      onClose={leave}
      title={t('cameras.import')}
      width="wide"
      closesOutside={false}
      actions={
        <>
          <Button onClick={leave}>{t('cameras.cancel')}</Button>
          {preview !== null && (
            <Button
              look="primary"
              disabled={good === 0 || clashes > 0 || step.at === 'applying'}
              onClick={() =>
                void apply(preview).catch((error: unknown) => {
                  sayFault(error);
                  setStep({ at: 'preview', preview });
                })
              }
            >
              {t(step.at === 'applying' ? 'cameras.applying' : 'cameras.apply')}
            </Button>
          )}
        </>
      }
    >
      {step.at === 'choose' && (
        <label className={styles.choose}>
          <span>{t('cameras.import-choose')}</span>
          <input
            type="file"
            accept=".csv,.json,.geojson"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void read(file);
            }}
          />
          {step.problem !== null && (
            <span role="alert" className={styles.problem}>
              {t(problemKey(step.problem))}
            </span>
          )}
        </label>
      )}
      {step.at === 'reading' && (
        <p role="status">
          {t('cameras.reading', { name: step.name })} <progress aria-label={t('cameras.reading', { name: step.name })} />
        </p>
      )}
      {preview !== null && (
        <div className={styles.preview}>
          <dl className={styles.counts}>
            <Count words={t('cameras.added')} count={preview.added} cameras={preview.samples.added} />
            <Count words={t('cameras.changed')} count={preview.changed} cameras={preview.samples.changed} />
            <Count words={t('cameras.unchanged')} count={preview.unchanged} cameras={[]} />
            <Count words={t('cameras.gone')} count={preview.gone} cameras={preview.samples.gone} />
          </dl>
          {preview.withCredentials > 0 && <p>{t('cameras.with-credentials', { count: preview.withCredentials })}</p>}
          {preview.gone > 0 && (
            <label className={styles.gone}>
              <input type="checkbox" checked={removeGone} onChange={(event) => setRemoveGone(event.currentTarget.checked)} />
              {t('cameras.remove-gone', { count: preview.gone })}
            </label>
          )}
          {clashes > 0 && (
            <section role="alert">
              <p className={styles.problem}>{t('cameras.clashes', { count: clashes })}</p>
              <ul className={styles.refused} tabIndex={0} aria-label={t('cameras.clashes', { count: clashes })}>
                {preview.clashes.map(({ where, reason }) => (
                  <li key={where}>
                    <b>{where}</b> {reason}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {preview.refusedTotal > 0 && (
            <section>
              <h3 className={styles.problem}>{t('cameras.refused', { count: preview.refusedTotal })}</h3>
              {/* Focusable, so that the keyboard scrolls it. */}
              <ul className={styles.refused} tabIndex={0} aria-label={t('cameras.refused', { count: preview.refusedTotal })}>
                {preview.refused.map(({ where, reason }) => (
                  <li key={`${where} ${reason}`}>
                    <b>{where}</b> {reason}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Count({
  words,
  count,
  cameras,
}: {
  readonly words: string;
  readonly count: number;
  readonly cameras: readonly Camera[];
}) {
  return (
    <div className={styles.count}>
      <dt>{words}</dt>
      <dd>{count}</dd>
      <dd className={styles.samples}>
        {cameras.slice(0, 5).map(({ id, number, name }) => (
          <span key={id} dir="auto">
            {number} {name}
          </span>
        ))}
        {count > 5 && cameras.length > 0 && <span>…</span>}
      </dd>
    </div>
  );
}

/** What an HTTP status of the import says to a person. */
function problemKey(status: number) {
  if (status === 413) return 'cameras.import-too-large' as const;
  if (status === 403) return 'cameras.import-not-allowed' as const;
  if (status === 409) return 'cameras.import-this-run' as const;
  if (status === 0) return 'cameras.import-no-answer' as const;
  return 'cameras.import-unreadable' as const;
}
