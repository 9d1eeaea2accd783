/**
 * Electron's ipc channels between a preload and main. A connection is named by the window (a random id), so that nothing main
 * sends can arrive before the window knows its name. No imports here: it becomes part of the preload.
 */
export const ipcChannels = {
  /** Window asks, main answers `open` or `refused`: (connection). */
  open: 'deedban:open',
  /** Window asks, main answers `taken` or `gone`: (connection, text). */
  toMain: 'deedban:to-main',
  /** Window says: (connection). */
  close: 'deedban:close',
  /** Main says: (connection, sequence, text). */
  toWindow: 'deedban:to-window',
  /** Window says that a text has arrived: (connection, sequence). */
  arrived: 'deedban:arrived',
  /** Main says: (connection). */
  closed: 'deedban:closed',
} as const;
