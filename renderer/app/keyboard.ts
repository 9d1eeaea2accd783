import { type Command, type CommandContext, commands } from './commands.ts';
import { viewState } from './view-state.ts';

/** Lets the keyboard run the commands until the returned function is called. */
export function listenToKeys(window: Window, context: () => CommandContext): () => void {
  let held: { readonly code: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;

  function release(): void {
    if (held) clearTimeout(held.timer);
    held = null;
    if (viewState.getState().leaving === 'holding') viewState.setState({ leaving: 'no' });
  }

  function hold(command: Command): void {
    release();
    viewState.setState({ leaving: 'holding' });
    const timer = setTimeout(() => {
      held = null;
      if (command.when(context())) command.run(context());
    }, command.shortcut.holdMs);
    held = { code: command.shortcut.code, timer };
  }

  function onDown(event: KeyboardEvent): void {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === 'Escape' && viewState.getState().help) return viewState.setState({ help: false });
    const command = commands.find(({ shortcut }) => shortcut.code === event.code && shortcut.shift === event.shiftKey);
    if (!command?.when(context())) return;
    event.preventDefault();
    if (command.shortcut.holdMs > 0) hold(command);
    else command.run(context());
  }

  function onUp(event: KeyboardEvent): void {
    if (held?.code === event.code) release();
  }

  window.addEventListener('keydown', onDown);
  window.addEventListener('keyup', onUp);
  // A key released over another window is not told: without focus nothing is held.
  window.addEventListener('blur', release);
  return () => {
    release();
    window.removeEventListener('keydown', onDown);
    window.removeEventListener('keyup', onUp);
    window.removeEventListener('blur', release);
  };
}
