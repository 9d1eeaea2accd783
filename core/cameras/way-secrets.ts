import type { StreamAddress } from './camera.ts';

/** What a way is given beside its address. */
type Secrets = Pick<StreamAddress, 'credentials' | 'hidden'>;

export const isSecret = ({ credentials, hidden }: Secrets): boolean => credentials !== null || hidden !== undefined;

export function withSecretsOf(way: StreamAddress, { credentials, hidden }: Secrets): StreamAddress {
  const { hidden: _own, ...plain } = way;
  return { ...plain, credentials, ...(hidden === undefined ? {} : { hidden }) };
}

export function sameSecrets(a: Secrets, b: Secrets): boolean {
  return (
    a.credentials?.user === b.credentials?.user &&
    a.credentials?.password === b.credentials?.password &&
    (a.hidden ?? []).join('\n') === (b.hidden ?? []).join('\n')
  );
}
