import { createContext, type ReactNode, use } from 'react';
import type { CommandContext } from './command.ts';

const Context = createContext<CommandContext | null>(null);

/** Gives every command button below it what commands may know. */
export function CommandContextProvider({ value, children }: { readonly value: CommandContext; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** What commands may know now. */
export function useCommandContext(): CommandContext {
  const context = use(Context);
  if (!context) throw new Error('there is no CommandContextProvider above this component');
  return context;
}
