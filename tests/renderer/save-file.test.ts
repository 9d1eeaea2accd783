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

it('is whole when it has the length that the answer says, whatever was known before; shorter it is not', async () => {
  const chosen = () => ({
    createWritable: async () => ({ write: async () => {}, close: async () => {}, abort: async () => {} }),
  });
  vi.stubGlobal('window', { showSaveFilePicker: async () => chosen() });
  const outcomeOf = (headers: Record<string, string>) =>
    saveByAddress({
      ...{ path: '/bundle', fileName: 'a.zip', type: 'application/zip', signal: new AbortController().signal, sizeBytes: 3 },
      // Signed a second time since its size was told.
      byAddress: { stream: async () => new Response(new Uint8Array(5), { headers }) },
    });
  expect(await outcomeOf({ 'content-length': '5' })).toBe('saved');
  expect(await outcomeOf({ 'content-length': '6' })).toBe('failed');
  expect(await outcomeOf({})).toBe('failed');
});

it('says why a browser does not write: nobody chose a place, the place takes nothing, or it is full', async () => {
  const fault = (name: string) => new DOMException('', name);
  const file = { write: async () => {}, close: async () => {}, abort: async () => {} };
  const outcomeOf = (picker: () => Promise<unknown>) => {
    vi.stubGlobal('window', { showSaveFilePicker: picker });
    return saveByAddress({
      ...{ path: '/bundle', fileName: 'a.zip', type: 'application/zip', signal: new AbortController().signal, sizeBytes: 3 },
      byAddress: { stream: async () => new Response(new Uint8Array(3)) },
    });
  };
  const refused = (name: string) => ({ createWritable: () => Promise.reject(fault(name)) });
  const stopped = (name: string) => ({ createWritable: async () => ({ ...file, close: () => Promise.reject(fault(name)) }) });
  expect(await outcomeOf(() => Promise.reject(fault('AbortError')))).toBe('dismissed');
  expect(await outcomeOf(async () => refused('NotAllowedError'))).toBe('not-writable');
  expect(await outcomeOf(async () => stopped('QuotaExceededError'))).toBe('full');
  expect(await outcomeOf(async () => stopped('AbortError'))).toBe('failed');
  expect(await outcomeOf(() => Promise.reject(fault('InvalidStateError')))).toBe('failed');
});
