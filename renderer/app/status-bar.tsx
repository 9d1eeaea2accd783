import { TriangleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostAbout } from '../../core/host/host.contract.ts';
import type { ClientStatus } from '../../core/rpc/client.ts';
import type { DeedbanClient } from './client.ts';
import styles from './status-bar.module.css';

const helpedByReload: readonly ClientStatus[] = ['refused', 'version'];

/** Below the wall, and only while there is something to say of the program itself. The wall above goes on. */
export function StatusBar({ client, about }: { readonly client: DeedbanClient; readonly about: HostAbout | null }) {
  const { t } = useTranslation();
  const status = useSyncExternalStore(client.status.subscribe, client.status.current);
  return (
    <footer className={styles.bar} role="status">
      {status !== 'open' && status !== 'connecting' && (
        <p className={styles.message} data-status={status}>
          <TriangleAlert className={styles.icon} aria-hidden />
          {t(`host.${status}`)}
          {helpedByReload.includes(status) && (
            <button type="button" className={styles.reload} onClick={() => location.reload()}>
              {t('app.reload')}
            </button>
          )}
        </p>
      )}
      {about?.notices.includes('sandbox-off') && (
        <p className={styles.message}>
          <TriangleAlert className={styles.icon} aria-hidden />
          {t('host.sandbox-off')}
        </p>
      )}
    </footer>
  );
}
