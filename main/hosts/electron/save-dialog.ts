import type { Log } from '../../ports/log.ts';
import type { AskSavePlace } from '../../ports/save-place.ts';

/** What of Electron's `dialog` is used. `W` is Electron's window. */
export interface SaveDialog<W> {
  showSaveDialog(window: W, options: SaveDialogOptions): Promise<{ readonly canceled: boolean; readonly filePath: string }>;
}

interface SaveDialogOptions {
  defaultPath: string;
  filters: { name: string; extensions: string[] }[];
  properties: ('createDirectory' | 'showOverwriteConfirmation' | 'dontAddToRecent')[];
}

/**
 * Asks by the system's own dialog, in front of the window that covers a display and in the system's language. Where a display has no window, or one has a dialog open, nobody is asked.
 */
export function createSaveDialog<W>(
  dialog: SaveDialog<W>,
  windowOn: (displayId: string) => W | undefined,
  log: Log,
): AskSavePlace {
  const open = new Set<W>();
  return async (displayId, fileName) => {
    const window = windowOn(displayId);
    if (window === undefined || open.has(window)) return null;
    open.add(window);
    try {
      const { canceled, filePath } = await dialog.showSaveDialog(window, optionsOf(fileName));
      return canceled || filePath === '' ? null : filePath;
    } catch (error) {
      log.error('The dialog that asks for a place could not be shown', {
        reason: error instanceof Error ? error.message : 'unknown',
      });
      return null;
    } finally {
      open.delete(window);
    }
  };
}

function optionsOf(fileName: string): SaveDialogOptions {
  // A name alone, which every system takes: the dialog begins where the user was last.
  const name = fileName.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_');
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1];
  return {
    defaultPath: name,
    filters: ending === undefined ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  };
}
