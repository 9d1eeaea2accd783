import { z } from 'zod';
import { type Camera, cameraSchema } from '../../../core/cameras/camera.ts';
import { createDirectoryBook, type DirectoryBook } from './directory-book.ts';
import type { DirectoryAnswer, DirectoryQuestion } from './directory-messages.ts';

/**
 * The directory lives here, so that fifty thousand cameras cost the page nothing: it asks for the lines it shows.
 * Questions that come before the directory are kept until it is there.
 */
let book: DirectoryBook | null = null;
let waiting: Exclude<DirectoryQuestion, { t: 'load' }>[] = [];
let loading = 0;

const directorySchema = z.array(cameraSchema);
const tell = (answer: DirectoryAnswer): void => postMessage(answer);

async function load(address: string, token: string): Promise<void> {
  loading += 1;
  const mine = loading;
  const cameras = await read(address, token);
  if (mine !== loading) return;
  if (typeof cameras === 'number') return tell({ t: 'not-loaded', status: cameras });
  book?.search.close();
  const next = createDirectoryBook(cameras);
  book = next;
  tell({ t: 'loaded', count: cameras.length, facets: next.facets });
  for (const question of waiting) tell(next.answer(question));
  waiting = [];
  await next.search.ready;
  if (book === next) tell({ t: 'indexed' });
}

/** The cameras, or the status that says why not. */
async function read(address: string, token: string): Promise<readonly Camera[] | number> {
  try {
    const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) return response.status;
    const parsed = directorySchema.safeParse(await response.json());
    return parsed.success ? parsed.data : 0;
  } catch {
    return 0;
  }
}

addEventListener('message', ({ data }: MessageEvent<DirectoryQuestion>) => {
  if (data.t === 'load') return void load(data.address, data.token);
  if (book !== null) return tell(book.answer(data));
  // Of views only the newest counts; the rest are few.
  waiting = data.t === 'view' ? [...waiting.filter(({ t }) => t !== 'view'), data] : [...waiting, data];
});
