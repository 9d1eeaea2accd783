import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingRefusal } from '../../../core/cameras/finding.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient } from './directory.ts';
import styles from './find-dialog.module.css';

interface FindNetworksProps {
  readonly client: CamerasClient;
  readonly finding: Finding | null;
  readonly ask: (work: Promise<{ refusal: FindingRefusal | null }>) => void;
}

interface Network {
  readonly name: string;
  readonly address: string;
}

/** Where to look: on the networks of this PC that are chosen, or at an address. */
export function FindNetworks({ client, finding, ask }: FindNetworksProps) {
  const { t } = useTranslation();
  const [networks, setNetworks] = useState<readonly Network[]>([]);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [address, setAddress] = useState('');
  useEffect(() => {
    client.call('cameras.interfaces', {}).then(({ interfaces }) => setNetworks(interfaces), sayFault);
  }, [client]);
  const chosen = networks.filter((network) => !left.includes(network.address)).map((network) => network.address);
  const searching = finding?.searching ?? null;

  function add(): void {
    ask(
      client.call('cameras.add-address', { address: address.trim() }).then((answer) => {
        if (answer.refusal === null) setAddress('');
        return answer;
      }),
    );
  }

  return (
    <section className={styles.where}>
      <fieldset className={styles.networks}>
        <legend>{t('find.networks')}</legend>
        {networks.length === 0 && <span className={styles.quiet}>{t('find.no-networks')}</span>}
        {networks.map((network) => (
          <label key={network.address} className={styles.check}>
            <input
              type="checkbox"
              checked={!left.includes(network.address)}
              onChange={(event) =>
                setLeft(
                  event.currentTarget.checked ? left.filter((each) => each !== network.address) : [...left, network.address],
                )
              }
            />
            <bdi>
              {network.name} {network.address}
            </bdi>
            {finding?.failed.includes(network.address) && <span className={styles.problem}>{t('find.network-failed')}</span>}
          </label>
        ))}
        <div className={styles.row}>
          <Button
            disabled={chosen.length === 0 || searching !== null || Boolean(finding?.reading)}
            onClick={() => ask(client.call('cameras.find', { interfaces: chosen }))}
          >
            {t('find.search')}
          </Button>
          {searching !== null && (
            <>
              <progress aria-label={t('find.searching')} />
              <span role="status">{t('find.searching')}</span>
              <Button look="quiet" onClick={() => void client.call('cameras.stop-finding', {}).catch(sayFault)}>
                {t('find.stop')}
              </Button>
            </>
          )}
        </div>
      </fieldset>
      <form
        className={styles.address}
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '') add();
        }}
      >
        <Field label={t('find.address')} hint={t('find.address-hint')}>
          <TextInput dir="ltr" value={address} maxLength={300} onChange={(event) => setAddress(event.currentTarget.value)} />
        </Field>
        <Button type="submit" disabled={address.trim() === ''}>
          {t('find.add')}
        </Button>
      </form>
    </section>
  );
}
