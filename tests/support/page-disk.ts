import type { Page } from 'playwright';
import { z } from 'zod';

/** No file dialog can be driven: from now on what the page saves goes to the page's own disk, under the name that it suggests. */
export async function saveOnPageDisk(page: Page): Promise<void> {
  await page.evaluate(
    `window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`,
  );
}

/** What the page saved under that name, once it is there; empty until it is whole. */
export async function onPageDisk(page: Page, name: string): Promise<Buffer> {
  const text = await page.evaluate(`(async () => {
    const all = await navigator.storage.getDirectory();
    const handle = await all.getFileHandle(${JSON.stringify(name)}, { create: true });
    const reader = new FileReader();
    reader.readAsDataURL(await handle.getFile());
    await new Promise((resolve) => { reader.onload = resolve; });
    return reader.result;
  })()`);
  return Buffer.from(z.string().parse(text).split(',')[1] ?? '', 'base64');
}
