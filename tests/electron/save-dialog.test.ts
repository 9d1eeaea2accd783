import { expect, test } from 'vitest';
import { createSaveDialog, type SaveDialog } from '../../main/hosts/electron/save-dialog.ts';
import { createPretendLog } from './pretend-log.ts';

function pretendDialog(answer: () => Promise<{ canceled: boolean; filePath: string }>) {
  const shown: Parameters<SaveDialog<string>['showSaveDialog']>[] = [];
  const dialog: SaveDialog<string> = {
    showSaveDialog(...asked) {
      shown.push(asked);
      return answer();
    },
  };
  const log = createPretendLog();
  const ask = createSaveDialog(dialog, (displayId) => (displayId === 'left' ? 'its window' : undefined), log);
  return { shown, ask, log };
}

test('a place is asked for in front of the window that asks, with a name that every system takes', async () => {
  const { shown, ask } = pretendDialog(async () => ({ canceled: false, filePath: '/media/stick/a.zip' }));
  expect(await ask('left', '../incident: 7/a.zip')).toBe('/media/stick/a.zip');
  expect(await ask('right', 'a.zip')).toBeNull();
  expect(shown).toEqual([
    [
      'its window',
      {
        defaultPath: '__incident_ 7_a.zip',
        filters: [{ name: 'ZIP', extensions: ['zip'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      },
    ],
  ]);
});

test('who closes the dialog chose nothing, nor does one that cannot be shown, which the log says', async () => {
  const closed = pretendDialog(async () => ({ canceled: true, filePath: '' }));
  expect([await closed.ask('left', 'a.zip'), closed.log.lines]).toEqual([null, []]);
  const broken = pretendDialog(() => Promise.reject(new Error('no portal')));
  expect(await broken.ask('left', 'a.zip')).toBeNull();
  expect(broken.log.lines.join()).toContain('no portal');
});

test('a window shows one dialog at a time, and another one after it', async () => {
  const answer = Promise.withResolvers<{ canceled: boolean; filePath: string }>();
  const { shown, ask } = pretendDialog(() => answer.promise);
  const first = ask('left', 'a.zip');
  expect(await ask('left', 'b.zip')).toBeNull();
  answer.resolve({ canceled: false, filePath: '/a.zip' });
  expect([await first, shown.length]).toEqual(['/a.zip', 1]);
  expect(await ask('left', 'b.zip')).toBe('/a.zip');
});
