import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeepingRefusal, Login, SiteLogins } from '../../../core/cameras/credentials.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient } from './directory.ts';
import styles from './find-dialog.module.css';
import { LoginFields, noLogin } from './login-fields.tsx';

/** Says why something was not done with the passwords; nothing where it was. Returns whether it was. */
export function sayKeepingRefusal(refusal: KeepingRefusal | null): boolean {
  if (refusal === null) return true;
  say((t) => t(`keeping-refusal.${refusal}`), 'attention');
  return false;
}

const keyOf = ({ province, district, site }: SiteLogins): string => JSON.stringify([province, district, site]);

/** One login for every camera of a site: it can be tried before it is kept, and is never shown again. */
export function SiteLoginDialog({ client, onClose }: { readonly client: CamerasClient; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [sites, setSites] = useState<readonly SiteLogins[]>([]);
  const [more, setMore] = useState(false);
  const [chosen, setChosen] = useState<SiteLogins | null>(null);
  const [login, setLogin] = useState<Login>(noLogin);
  const [working, setWorking] = useState<'trying' | 'keeping' | null>(null);
  const [told, setTold] = useState('');
  const newest = useRef(0);
  const list = useCallback(async () => {
    newest.current += 1;
    const mine = newest.current;
    const answer = await client.call('cameras.site-logins', { words });
    if (mine !== newest.current) return;
    setSites(answer.sites);
    setMore(answer.more);
  }, [client, words]);
  useEffect(() => void list().catch(sayFault), [list]);
  const isTyped = login.user !== '' || login.password !== '';
  const place = chosen && { province: chosen.province, district: chosen.district, site: chosen.site };

  async function during(what: 'trying' | 'keeping', work: () => Promise<void>): Promise<void> {
    setWorking(what);
    setTold('');
    try {
      await work();
    } catch (error) {
      sayFault(error);
    } finally {
      setWorking(null);
    }
  }
  const tryIt = () =>
    during('trying', async () => {
      if (place === null) return;
      const { refusal, tried } = await client.call('cameras.try-login', { place, login: isTyped ? login : null });
      if (!sayKeepingRefusal(refusal) || tried === null) return;
      const parts = [t('logins.answered', { answered: tried.answered, count: tried.total })];
      if (tried.refused > 0) parts.push(t('logins.refused', { count: tried.refused }));
      if (tried.silent > 0) parts.push(t('logins.silent', { count: tried.silent }));
      if (tried.notAsked > 0) parts.push(t('logins.not-asked', { count: tried.notAsked }));
      setTold(parts.join(' '));
    });
  const keep = () =>
    during('keeping', async () => {
      if (place === null) return;
      const { refusal, cameras } = await client.call('cameras.set-login', { place, login });
      if (!sayKeepingRefusal(refusal)) return;
      setLogin(noLogin);
      setTold(t('logins.kept', { count: cameras }));
      await list();
    });

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('logins.title')}
      closesOutside={false}
      actions={
        <>
          <Button onClick={onClose}>{t('find.leave')}</Button>
          <Button disabled={chosen === null || working !== null} onClick={() => void tryIt()}>
            {t(working === 'trying' ? 'logins.trying' : isTyped ? 'logins.try' : 'logins.try-kept')}
          </Button>
          <Button look="primary" disabled={chosen === null || !isTyped || working !== null} onClick={() => void keep()}>
            {t('logins.keep')}
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <Field label={t('logins.site')} hint={more ? t('logins.more') : undefined}>
          <TextInput type="search" value={words} maxLength={120} onChange={(event) => setWords(event.currentTarget.value)} />
        </Field>
        {sites.length === 0 ? (
          <p className={styles.quiet}>{t('logins.no-site')}</p>
        ) : (
          <ul className={styles.sites}>
            {sites.map((each) => (
              <li key={keyOf(each)}>
                <button
                  type="button"
                  className={styles.site}
                  aria-pressed={chosen !== null && keyOf(chosen) === keyOf(each)}
                  onClick={() => {
                    setChosen(each);
                    setTold('');
                  }}
                >
                  <bdi>{[each.site || t('cameras.no-name'), each.district].filter(Boolean).join(', ')}</bdi>
                  <span className={styles.quiet}>{t('logins.with-login', { with: each.withLogin, count: each.cameras })}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <LoginFields login={login} onChange={setLogin} hint={t('logins.hint')} />
        <p role="status" className={styles.quiet}>
          {told}
        </p>
      </div>
    </Dialog>
  );
}
