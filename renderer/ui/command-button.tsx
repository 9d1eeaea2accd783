import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonProps } from './button.tsx';
import type { Command } from './command.ts';
import { commandApplies } from './command-applies.ts';
import { useCommandContext } from './command-context.tsx';
import { KeyHint } from './key-hint.tsx';
import { runCommand } from './run-command.ts';
import { Tooltip } from './tooltip.tsx';

interface CommandButtonProps extends Pick<ButtonProps, 'look' | 'className' | 'aria-pressed'> {
  readonly command: Command;
  /** An icon of lucide-react. With it and without `words` the button is only the icon. */
  readonly icon?: ReactNode;
  /** Whether the command's label is written in the button; it is always its name and its tooltip. */
  readonly words?: boolean;
}

/** A button that reads a command: its name, its key, whether it applies, and what it does. */
export function CommandButton({ command, icon, words = icon === undefined, ...rest }: CommandButtonProps) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const label = t(command.label);
  const applies = commandApplies(command, context);
  const hint = (
    <>
      {label}
      {command.shortcut && <KeyHint shortcut={command.shortcut} />}
    </>
  );
  return (
    <Tooltip words={hint}>
      <Button
        icon={!words}
        aria-label={words ? undefined : label}
        // Not `disabled`: that would take the focus away under a person's hands, and the tooltip with it.
        aria-disabled={!applies || undefined}
        data-command={command.id}
        onClick={() => runCommand(command, context)}
        {...rest}
      >
        {icon}
        {words && label}
      </Button>
    </Tooltip>
  );
}
