import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { DutyFact } from '../../../core/ptz/ptz.contract.ts';
import { Button } from '../../ui/button.tsx';
import lines from '../../ui/numbered-list.module.css';
import { Panel } from '../../ui/panel.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { minutesSince } from './duty-line.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { sayPtz } from './say-ptz.ts';
import { useMinute } from './use-minute.ts';

/** So many are listed; who has more off duty has another problem. */
const mostShown = 50;

/** The cameras that do not look where they should, the longest first; nothing where all do. */
export function OffDutyList({ client }: { readonly client: PtzClient }) {
  const { t } = useTranslation();
  const duties = useWatched<DeedbanContract, 'ptz.duties'>(client, 'ptz.duties');
  const cameras = useWatched<DeedbanContract, 'wall.cameras'>(client, 'wall.cameras');
  const nowUtcMs = useMinute();
  const off = (duties ?? []).flatMap((fact) =>
    fact.offSinceUtcMs === null ? [] : [{ ...fact, sinceUtcMs: fact.offSinceUtcMs }],
  );
  if (off.length === 0) return null;
  const shown = off.toSorted((a, b) => a.sinceUtcMs - b.sinceUtcMs).slice(0, mostShown);
  return (
    <Panel title={t('ptz.off-list')}>
      <ul className={`${lines.list} ${styles.list} ${styles.off}`} aria-label={t('ptz.off-list')}>
        {shown.map((fact) => {
          const camera = cameras?.find(({ id }) => id === fact.camera);
          const count = minutesSince(fact.sinceUtcMs, nowUtcMs);
          return (
            <li key={fact.camera} className={`${lines.line} ${styles.row}`} data-off-duty={fact.camera}>
              <span className={lines.number}>{camera?.number ?? ''}</span>
              <span className={lines.name} dir="auto">
                {camera?.name ?? t('ptz.off-camera', { number: fact.camera })}
              </span>
              <span className={lines.state}>{t('ptz.off-duty', { count })}</span>
              <Button onClick={() => void sendBack(client, fact, camera?.number ?? 0)}>{t('ptz.to-duty')}</Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

async function sendBack(client: PtzClient, { camera, duty }: DutyFact, number: number): Promise<void> {
  try {
    sayPtz(await client.call('ptz.go-to', { camera, to: { what: 'preset', token: duty.preset } }), number);
  } catch (error) {
    sayFault(error);
  }
}
