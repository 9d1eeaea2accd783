import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Login } from '../../../core/cameras/credentials.contract.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import styles from './find-dialog.module.css';
import { SecretInput } from './secret-input.tsx';

export const noLogin: Login = { user: '', password: '' };

interface LoginFieldsProps {
  readonly login: Login;
  readonly onChange: (login: Login) => void;
  readonly hint?: ReactNode;
}

/** User and password, as they are typed; what is kept is never shown here. */
export function LoginFields({ login, onChange, hint }: LoginFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <Field label={t('logins.user')} hint={hint}>
        <TextInput
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={login.user}
          maxLength={256}
          onChange={(event) => onChange({ ...login, user: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('logins.password')}>
        <SecretInput fresh value={login.password} onChange={(password) => onChange({ ...login, password })} />
      </Field>
    </div>
  );
}
