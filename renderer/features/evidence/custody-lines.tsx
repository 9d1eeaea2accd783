import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type CustodyLine, gatewayPlace } from '../../../core/evidence/custody.ts';
import { momentText } from '../../ui/clock-text.ts';
import { deletionReason } from './deletion-reason.ts';
import styles from './evidence-of.module.css';

const mostShown = 200;

/** What happened to an incident's evidence, newest first. */
export function CustodyLines({
  log,
  cameraName,
}: {
  readonly log: readonly CustodyLine[];
  readonly cameraName: (id: string) => string;
}) {
  const { t } = useTranslation();
  const lines = log.slice(-mostShown).toReversed();
  return (
    <section aria-label={t('evidence.custody')}>
      <h3 className={styles.title}>{t('evidence.custody')}</h3>
      {/* It scrolls, so keys must get to it. */}
      <ol className={styles.custody} tabIndex={0} aria-label={t('evidence.custody')}>
        {lines.map((line, place) => (
          <li key={`${line.utcMs} ${lines.length - place}`} data-custody={line.what}>
            <span className={styles.quiet}>{momentText(line.utcMs)}</span>
            <span className={styles.quiet}>
              {'bySeat' in line && line.bySeat !== null ? t('incidents.by-seat', { seat: line.bySeat }) : ''}
            </span>
            <span>{words(t, line, cameraName)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function words(t: TFunction, line: CustodyLine, cameraName: (id: string) => string): string {
  switch (line.what) {
    case 'secured-by': {
      if (line.stream !== undefined)
        return t('custody-line.secured-beside', { camera: cameraName(line.camera), stream: line.stream });
      const by = line.displayId === gatewayPlace ? 'secured-by-gateway' : 'secured-by';
      return t(`custody-line.${by}`, { camera: cameraName(line.camera) });
    }
    case 'not-secured':
      return t(`custody-line.not-secured-${line.why}`, { camera: cameraName(line.camera), stream: line.stream });
    case 'left':
      return t(`custody-line.${line.what}`, { camera: cameraName(line.camera) });
    case 'over':
    case 'viewed':
      return t(`custody-line.${line.what}`);
    case 'verdict':
      return t('custody-line.verdict', { camera: cameraName(line.camera), verdict: t(`verdict.${line.verdict.word}`) });
    case 'origin':
      return t(`custody-line.origin-${line.origin.encodedFrom ?? 'as-sent'}`, {
        camera: cameraName(line.camera),
        stream: line.stream,
      });
    case 'stated':
      return t('evidence.stated', { seat: line.bySeat ?? '', text: line.text });
    case 'deleted':
      return t('custody-line.deleted', { camera: cameraName(line.camera), reason: deletionReason(t, line.reason) });
    case 'adopted':
      return t('custody-line.adopted', {
        camera: cameraName(line.camera),
        from: (line.fromMs / 1_000).toFixed(1),
        to: (line.toMs / 1_000).toFixed(1),
      });
    case 'attached':
    case 'opened':
      return t(`custody-line.${line.what}`, { name: line.name });
    case 'sealed':
    case 'countersigned':
      return t(`custody-line.${line.what}`, { file: line.file });
    case 'bundle-deleted':
      return t('custody-line.bundle-deleted', { file: line.file, reason: line.reason });
    case 'file-deleted':
      return t('custody-line.file-deleted', { name: line.name, reason: deletionReason(t, line.reason) });
    case 'exported':
      return t(`custody-line.exported-${line.outcome}`, { file: line.file });
  }
}
