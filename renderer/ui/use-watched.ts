import { useEffect, useState } from 'react';
import type { Client } from '../../core/rpc/client.ts';
import type { Contract, StateName, ValueOf } from '../../core/rpc/define.ts';

/** The newest value of a state of the contract; undefined before the first. */
export function useWatched<C extends Contract, K extends StateName<C>>(
  client: Pick<Client<C>, 'watch'>,
  name: K,
): ValueOf<C, K> | undefined {
  const [value, setValue] = useState<ValueOf<C, K>>();
  useEffect(() => client.watch(name, (next) => setValue(() => next)), [client, name]);
  return value;
}
