import type { Command, CommandContext, Shortcut } from '../ui/command.ts';
import { commandAllowed, commandApplies } from '../ui/command-applies.ts';
import { say } from '../ui/notice.ts';
import { runCommand } from '../ui/run-command.ts';
import { type NumberKey, numberKey } from './number-grammar.ts';
import { viewState } from './view-state.ts';

export interface KeyboardPorts {
  readonly commands: readonly Command[];
  readonly context: () => CommandContext;
  /** Whether the key was the number's. */
  readonly number: (key: NumberKey) => boolean;
}

/** Widgets that use these keys themselves while they have the focus. */
const movingCodes = /^(Arrow|Page|Home$|End$)/;
const pressingCodes = /^(Enter|NumpadEnter|Space)$/;
const movers =
  '[role=tree],[role=grid],[role=listbox],[role=tablist],[role=slider],[role=radiogroup],[role=combobox],[role=separator]';
const pressers = 'button,a[href],summary,[role=button],[role=treeitem],[role=option],[role=tab],[role=checkbox],[role=switch]';
const overlays = '[role=dialog],[role=alertdialog],[role=menu]';
const textFields = 'input:not([type=checkbox],[type=radio],[type=button],[type=range]),textarea,select,[contenteditable=true]';

const matches = (shortcut: Shortcut, event: KeyboardEvent): boolean =>
  shortcut.code === event.code &&
  shortcut.ctrl === event.ctrlKey &&
  shortcut.shift === event.shiftKey &&
  shortcut.alt === event.altKey &&
  !event.metaKey;

/** Lets the keyboard type numbers and run commands until the returned function is called. One listener for everything. */
export function listenToKeys(window: Window, { commands, context, number }: KeyboardPorts): () => void {
  let held: { readonly code: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  /** Commands that go on while their key is down, by its code. */
  const going = new Map<string, { readonly command: Command; readonly shift: boolean }>();
  /** Keys that are still down although what they did has ended: they do nothing else until they were up. */
  const spent = new Set<string>();

  function release(): void {
    if (held) clearTimeout(held.timer);
    held = null;
    if (viewState.getState().holding) viewState.setState({ holding: null });
  }

  function hold(command: Command, { code, holdMs }: Shortcut): void {
    release();
    viewState.setState({ holding: { id: command.id, ms: holdMs } });
    const timer = setTimeout(() => {
      release();
      runCommand(command, context());
    }, holdMs);
    held = { code, timer };
  }

  function begin(command: Command, { code, shift }: Shortcut): void {
    const { held: goesOn } = command;
    if (goesOn === undefined || going.has(code)) return;
    going.set(code, { command, shift });
    goesOn.begin(context());
  }
  function end(code: string): void {
    const command = going.get(code)?.command;
    going.delete(code);
    command?.held?.end(context());
  }
  function endAll(): void {
    for (const code of [...going.keys()]) {
      spent.add(code);
      end(code);
    }
  }

  function onDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    // A key that was let go over another window comes back as a new press.
    if (!event.repeat) spent.delete(event.code);
    if (going.has(event.code) || spent.has(event.code)) return event.preventDefault();
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(textFields) || target?.closest(overlays)) return;
    if (isNumbers(event)) return event.preventDefault();
    if (movingCodes.test(event.code) && target?.closest(movers)) return;
    if (pressingCodes.test(event.code) && target?.closest(pressers)) return;
    const found = commands.flatMap((command) =>
      [command.shortcut, ...(command.also ?? [])].filter((each) => each !== null).map((shortcut) => ({ command, shortcut })),
    );
    const here = found.filter(({ command, shortcut }) => matches(shortcut, event) && commandApplies(command, context()));
    if (here.length === 0)
      return event.repeat ? undefined : sayOtherwise(found.filter(({ shortcut }) => matches(shortcut, event)));
    event.preventDefault();
    const atOnce = here.find(({ shortcut }) => shortcut.holdMs === 0);
    if (atOnce?.command.held && !event.repeat) begin(atOnce.command, atOnce.shortcut);
    else if (atOnce && (!event.repeat || atOnce.shortcut.repeat)) runCommand(atOnce.command, context());
    const toHold = here.find(({ shortcut }) => shortcut.holdMs > 0);
    if (toHold && !event.repeat) hold(toHold.command, toHold.shortcut);
  }

  /** Answers a key whose commands do not apply now. */
  function sayOtherwise(idle: readonly { readonly command: Command }[]): void {
    const words = idle.find(({ command }) => command.otherwise !== undefined && commandAllowed(command, context()))?.command
      .otherwise;
    if (words !== undefined) say((t) => t(words), 'attention');
  }

  function isNumbers(event: KeyboardEvent): boolean {
    // Shift, Ctrl and Alt alone say nothing yet.
    if (/^(Shift|Control|Alt|Meta|NumLock|CapsLock)/.test(event.code)) return false;
    const key = numberKey(event);
    // A digit that lies under a sleeve is one digit.
    if (event.repeat && key.type !== 'backspace') return key.type === 'digit' || key.type === 'kind';
    return number(key);
  }

  function onUp(event: KeyboardEvent): void {
    spent.delete(event.code);
    end(event.code);
    if (event.code.startsWith('Shift')) {
      for (const [code, { shift }] of going) {
        if (!shift) continue;
        spent.add(code);
        end(code);
      }
    }
    // Of a chord every key has to stay down.
    if (held && (held.code === event.code || /^(Shift|Control|Alt)/.test(event.code))) release();
  }

  window.addEventListener('keydown', onDown);
  window.addEventListener('keyup', onUp);
  // A key released over another window is not told: without focus nothing is held.
  const onBlur = (): void => {
    release();
    endAll();
  };
  window.addEventListener('blur', onBlur);
  return () => {
    onBlur();
    window.removeEventListener('keydown', onDown);
    window.removeEventListener('keyup', onUp);
    window.removeEventListener('blur', onBlur);
  };
}
