import { TriangleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostAbout } from '../../core/host/host.contract.ts';
import type { ClientStatus } from '../../core/rpc/client.ts';
import { Button } from '../ui/button.tsx';
import type { DeedbanClient } from './client.ts';
import styles from './program-messages.module.css';

const helpedByReload: readonly ClientStatus[] = ['refused', 'version'];

type HostNotice = HostAbout['notices'][number];

/** That cameras are made up is said in the header and by each of them. */
const isWarning = (notice: HostNotice): notice is Exclude<HostNotice, 'demonstration'> => notice !== 'demonstration';

/** Below everything, and only while there is something to say of the program itself. The wall above goes on. */
export function ProgramMessages({ client, about }: { readonly client: DeedbanClient; readonly about: HostAbout | null }) {
  const { t } = useTranslation();
  const status = useSyncExternalStore(client.status.subscribe, client.status.current);
  return (
    <div role="status">
      {status !== 'open' && status !== 'connecting' && (
        <p className={styles.message} data-status={status}>
          <TriangleAlert className={styles.icon} aria-hidden />
          {t(`host.${status}`)}
          {helpedByReload.includes(status) && <Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
        </p>
      )}
      {about?.notices.filter(isWarning).map((notice) => (
        <p className={styles.message} key={notice}>
          <TriangleAlert className={styles.icon} aria-hidden />
          {t(`host.${notice}`)}
        </p>
      ))}
    </div>
  );
}
