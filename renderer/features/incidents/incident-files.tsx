import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentEndings } from '../../../core/incidents/attachment.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Button } from '../../ui/button.tsx';
import { momentText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import { sizeText } from '../../ui/size-text.ts';
import { attachFiles, openFile } from './attach-files.ts';
import { IncidentPart } from './incident-part.tsx';
import styles from './incident-page.module.css';
import { TakeOff } from './take-off.tsx';
import type { Act } from './use-incident.ts';

interface IncidentFilesProps {
  readonly byAddress: ByAddress;
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
}

/** Files that belong to it: chosen, or dropped here. What is attached goes into every bundle that is sealed from then on, unless it was taken back before. */
export function IncidentFiles({ byAddress, incident, act, may }: IncidentFilesProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const { number, attachments } = incident;
  const attach = async (files: readonly File[]) => {
    setBusy(true);
    await attachFiles(byAddress, number, files);
    setBusy(false);
  };
  return (
    <IncidentPart title={t('incidents.files')}>
      <div
        className={styles.drop}
        data-over={over || undefined}
        data-files={number}
        onDragOver={(event) => {
          if (!may || !event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (may && !busy) void attach([...event.dataTransfer.files]);
        }}
      >
        <ul className={styles.list}>
          {attachments.map(({ name, digest, sizeBytes, utcMs, bySeat, secured }) => (
            <li key={digest} className={styles.backable} data-file={digest}>
              <div className={styles.line}>
                <Button
                  look="quiet"
                  className={styles.flush ?? ''}
                  disabled={!may}
                  aria-label={t('incidents.file-open', { name })}
                  onClick={() => void openFile(byAddress, number, { name, digest })}
                >
                  <Paperclip className={styles.quiet} aria-hidden />
                  <span>
                    <bdi>{name}</bdi>
                  </span>
                </Button>
                <span className={styles.quiet}>
                  {listed(t, [sizeText(sizeBytes), momentText(utcMs), t('incidents.by-seat', { seat: bySeat })])}
                </span>
              </div>
              {secured && (
                <span className={styles.quiet} data-secured>
                  {t('incidents.secured-stays')}
                </span>
              )}
              {may && !incident.locked && !secured && (
                <TakeOff
                  label={t('incidents.take-off-what', { what: name })}
                  onTakeOff={(reason) => act({ do: 'detach', digest, reason })}
                />
              )}
            </li>
          ))}
        </ul>
        {may && (
          <div className={styles.line}>
            <Button disabled={busy} onClick={() => input.current?.click()}>
              {t(busy ? 'incidents.attaching' : 'incidents.attach')}
            </Button>
            <span className={styles.quiet}>{t('incidents.drop-here')}</span>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              aria-label={t('incidents.attach')}
              accept={attachmentEndings.map((ending) => `.${ending}`).join(',')}
              onChange={({ currentTarget }) => {
                void attach([...(currentTarget.files ?? [])]);
                currentTarget.value = '';
              }}
            />
          </div>
        )}
      </div>
    </IncidentPart>
  );
}
