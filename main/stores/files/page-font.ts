import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageFont } from '../../ports/page-font.ts';

/** The font that the build has put into a folder; null where it is not there. */
export async function readPageFont(folder: string): Promise<PageFont | null> {
  try {
    const [woff2, licence] = await Promise.all([
      readFile(join(folder, 'noto-naskh-arabic.woff2')),
      readFile(join(folder, 'noto-naskh-arabic-licence.txt'), 'utf8'),
    ]);
    return { woff2, licence };
  } catch {
    return null;
  }
}
