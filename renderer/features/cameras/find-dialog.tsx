import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraPlace, Login } from '../../../core/cameras/credentials.contract.ts';
import type { FindingRefusal, FoundDevice } from '../../../core/cameras/finding.contract.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { CamerasClient } from './directory.ts';
import styles from './find-dialog.module.css';
import { FindNetworks } from './find-networks.tsx';
import { FoundDevices, type Naming } from './found-devices.tsx';
import { LoginFields, noLogin } from './login-fields.tsx';
import { PlaceFields } from './place-fields.tsx';

/** Says why something was not done; nothing where it was. Returns whether it was. */
export function sayFindRefusal(refusal: FindingRefusal | null): boolean {
  if (refusal === null) return true;
  say((t) => t(`find-refusal.${refusal}`), 'attention');
  return false;
}

/** What is typed for a device, else what main proposes. */
function namingOf(device: FoundDevice, typed: ReadonlyMap<string, Naming>): Naming | null {
  if (device.look.state !== 'read') return null;
  return typed.get(device.id) ?? { number: device.look.facts.number, name: device.look.facts.name };
}

/** Finding cameras on the network or at an address, reading them, and taking them into the directory: nothing changes before the last step. */
export function FindDialog({ client, onClose }: { readonly client: CamerasClient; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const finding = useWatched<DeedbanContract, 'cameras.finding'>(client, 'cameras.finding');
  const [login, setLogin] = useState<Login>(noLogin);
  const [place, setPlace] = useState<CameraPlace>({ province: '', district: '', site: '' });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<ReadonlyMap<string, Naming>>(new Map());
  const [taking, setTaking] = useState(false);
  useEffect(() => () => void client.call('cameras.leave-finding', {}).catch(() => {}), [client]);

  const devices = finding?.devices ?? [];
  const chosen = devices.filter(({ id }) => !left.has(id));
  const readable = chosen.filter(({ look }) => look.state !== 'reading');
  const taken = chosen.flatMap((device) => {
    const naming = namingOf(device, typed);
    return naming === null ? [] : [{ device, naming }];
  });
  const ready = taken.filter(({ naming }) => naming.name.trim() !== '' && naming.number >= 1 && naming.number <= 999_999);
  const added = ready.filter(({ device }) => device.camera === null).length;
  const busy = Boolean(finding?.searching) || Boolean(finding?.reading);

  const ask = (work: Promise<{ refusal: FindingRefusal | null }>) =>
    void work.then(({ refusal }) => sayFindRefusal(refusal), sayFault);

  async function take(): Promise<void> {
    setTaking(true);
    try {
      const list = ready.map(({ device, naming }) => ({ id: device.id, number: naming.number, name: naming.name.trim() }));
      const answer = await client.call('cameras.take-devices', { place, devices: list });
      if (!sayFindRefusal(answer.refusal)) return;
      say((words) => words('find.taken', { added: answer.added, changed: answer.changed }));
      onClose();
    } finally {
      setTaking(false);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('find.title')}
      width="wide"
      closesOutside={false}
      actions={
        <>
          <Button onClick={onClose}>{t('find.leave')}</Button>
          <Button
            look="primary"
            disabled={busy || taking || ready.length === 0 || ready.length < taken.length}
            onClick={() => void take().catch(sayFault)}
          >
            {t('find.take', { added, changed: ready.length - added })}
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <FindNetworks client={client} finding={finding ?? null} ask={ask} />
        {devices.length === 0 ? (
          <p className={styles.quiet}>{t(finding?.searching ? 'find.none-yet' : 'find.none')}</p>
        ) : (
          <>
            <FoundDevices
              devices={devices}
              left={left}
              namingOf={(device) => namingOf(device, typed)}
              onChoose={(id, isChosen) => setLeft(withOrWithout(left, id, !isChosen))}
              onNaming={(id, naming) => setTyped(new Map(typed).set(id, naming))}
              onSetClock={(device) => ask(client.call('cameras.set-clock', { device }))}
            />
            <section className={styles.step} aria-label={t('find.login')}>
              <LoginFields login={login} onChange={setLogin} hint={t('find.login-hint')} />
              <div className={styles.row}>
                <Button
                  disabled={busy || readable.length === 0}
                  onClick={() => {
                    const isTyped = login.user !== '' || login.password !== '';
                    ask(
                      client.call('cameras.read-devices', {
                        devices: readable.map(({ id }) => id),
                        login: isTyped ? login : null,
                      }),
                    );
                  }}
                >
                  {t('find.read', { count: readable.length })}
                </Button>
                {finding?.reading && (
                  <>
                    <progress value={finding.reading.done} max={finding.reading.total} aria-label={t('find.reading')} />
                    <span role="status">
                      {t('find.read-so-far', { done: finding.reading.done, total: finding.reading.total })}
                    </span>
                    <Button look="quiet" onClick={() => void client.call('cameras.stop-finding', {}).catch(sayFault)}>
                      {t('find.stop')}
                    </Button>
                  </>
                )}
              </div>
            </section>
            {added > 0 && <PlaceFields place={place} onChange={setPlace} />}
          </>
        )}
      </div>
    </Dialog>
  );
}

function withOrWithout(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}
