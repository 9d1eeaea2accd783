import { afterEach, expect, it, vi } from 'vitest';
import { saveByAddress } from '../../renderer/media/save-file.ts';

afterEach(() => vi.unstubAllGlobals());

it('is cancelled also while the last piece is being written: no file stands there for a whole one', async () => {
  const done: string[] = [];
  const written = Promise.withResolvers<void>();
  const writing = Promise.withResolvers<void>();
  const file = {
    write: () => {
      writing.resolve();
      return written.promise;
    },
    close: async () => void done.push('closed'),
    abort: async () => void done.push('given up'),
  };
  vi.stubGlobal('window', { showSaveFilePicker: async () => ({ createWritable: async () => file }) });
  const cancel = new AbortController();
  const outcome = saveByAddress({
    ...{ path: '/bundle', fileName: 'a.zip', type: 'application/zip', signal: cancel.signal, sizeBytes: 3 },
    byAddress: { stream: async () => new Response(new Uint8Array(3)) },
  });
  await writing.promise;
  cancel.abort();
  written.resolve();
  expect([await outcome, done]).toEqual(['cancelled', ['given up']]);
});
