import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import type { Command, CommandContext } from './command.ts';
import { commandApplies } from './command-applies.ts';
import { useCommandContext } from './command-context.tsx';
import { KeyHint } from './key-hint.tsx';
import { runCommand } from './run-command.ts';
import { Tooltip } from './tooltip.tsx';

/** A button whose command goes on for as long as it is pressed; by Enter or Space it does it for a moment. */
export function HeldButton({ command, icon }: { readonly command: Command; readonly icon: ReactNode }) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const applies = commandApplies(command, context);
  const going = useRef<CommandContext | null>(null);
  const { held } = command;
  function end(): void {
    const { current } = going;
    going.current = null;
    if (current) held?.end(current);
  }
  const ending = useRef(end);
  useEffect(() => {
    ending.current = end;
  });
  // A button that goes away while it is pressed is released.
  useEffect(() => () => ending.current(), []);
  const hint = (
    <>
      {t(command.label)}
      {command.shortcut && <KeyHint shortcut={command.shortcut} />}
    </>
  );
  return (
    <Tooltip words={hint}>
      <Button
        icon
        aria-label={t(command.label)}
        aria-disabled={!applies || undefined}
        data-command={command.id}
        onPointerDown={(event) => {
          if (event.button !== 0 || !applies || going.current) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          going.current = context;
          held?.begin(context);
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onLostPointerCapture={end}
        onClick={({ detail }) => {
          // A press of the pointer was the holding.
          if (detail === 0) runCommand(command, context);
        }}
      >
        {icon}
      </Button>
    </Tooltip>
  );
}
