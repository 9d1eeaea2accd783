import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from './command.ts';
import { commandApplies } from './command-applies.ts';
import { useCommandContext } from './command-context.tsx';
import { KeyHint } from './key-hint.tsx';
import { MenuItem } from './menu.tsx';
import { runCommand } from './run-command.ts';

/** A menu's item that reads a command. */
export function CommandItem({ command, icon }: { readonly command: Command; readonly icon?: ReactNode }) {
  const { t } = useTranslation();
  const context = useCommandContext();
  return (
    <MenuItem
      icon={icon}
      disabled={!commandApplies(command, context)}
      hint={command.shortcut && <KeyHint shortcut={command.shortcut} />}
      onChoose={() => runCommand(command, context)}
    >
      {t(command.label)}
    </MenuItem>
  );
}
