import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { CustodyLine } from '../../../core/evidence/custody.ts';
import type { BundleFact, ClipSummary } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { BundleLines } from './bundle-lines.tsx';
import { ClipLines } from './clip-lines.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { CustodyLines } from './custody-lines.tsx';
import { countersign } from './evidence-deeds.ts';
import type { EvidenceClient } from './evidence-client.ts';
import styles from './evidence-of.module.css';
import { SecuringLines } from './securing-lines.tsx';
import { StatementForm } from './statement-form.tsx';

interface EvidenceOfProps {
  readonly client: EvidenceClient;
  readonly byAddress: ByAddress;
  readonly incident: number;
  /** Nothing of it can be deleted then. */
  readonly locked: boolean;
  readonly cameraName: (id: string) => string;
}

interface Found {
  readonly clips: readonly ClipSummary[];
  readonly log: readonly CustodyLine[];
  readonly bundles: readonly BundleFact[];
}

/** Clips change as they grow: read so often while the page is open. */
const readEveryMs = 2_000;

/** What is secured of an incident, its bundles, and what happened to them. */
export function EvidenceOf({ client, byAddress, incident, locked, cameraName }: EvidenceOfProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const [{ clips }, { log, bundles }] = await Promise.all([
        client.call('evidence.clips', { incident }),
        client.call('evidence.custody', { incident }),
      ]);
      if (!gone) setFound({ clips, log, bundles });
    };
    const readNow = () => void read().catch(() => {});
    readNow();
    const timer = setInterval(readNow, readEveryMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [client, incident]);
  const room = useWatched<DeedbanContract, 'evidence.room'>(client, 'evidence.room');
  const operator = seat !== null && includesRole(seat.role, 'operator');
  const supervisor = seat !== null && includesRole(seat.role, 'supervisor');
  return (
    <section className={styles.evidence} aria-label={t('evidence.title')}>
      <h3 className={styles.title}>{t('evidence.title')}</h3>
      <SecuringLines client={client} incident={incident} cameraName={cameraName} />
      {room && (
        <p className={styles.quiet}>{t('evidence.used', { used: sizeText(room.usedBytes), left: sizeText(room.leftBytes) })}</p>
      )}
      {found && (
        <>
          <ClipLines
            {...{ client, byAddress, cameraName }}
            clips={found.clips}
            mayWatch={operator}
            mayDelete={supervisor && !locked}
          />
          <BundleLines
            client={client}
            bundles={found.bundles}
            byAddress={byAddress}
            mayExport={supervisor}
            mayDelete={supervisor && !locked}
            seat={seat?.number ?? null}
            countersign={supervisor ? (file) => countersign(client, file).catch(sayFault) : null}
          />
          <StatementForm client={client} incident={incident} />
          <CustodyLines log={found.log} cameraName={cameraName} />
        </>
      )}
    </section>
  );
}
