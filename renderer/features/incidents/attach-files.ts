import { attachmentMaxBytes } from '../../../core/incidents/attachment.ts';
import { type ByAddress, ByAddressProblem } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-file.ts';
import { say } from '../../ui/notice.ts';
import { saySaved } from '../../ui/say-saved.ts';

/** So many at once: a folder that was dropped by mistake is not an attachment. */
const mostAtOnce = 20;

/** Sends files one after the other, and says of each that is not taken why. Never rejects. */
export async function attachFiles(byAddress: Pick<ByAddress, 'put'>, number: number, files: readonly File[]): Promise<void> {
  if (files.length > mostAtOnce) return say((t) => t('incidents.too-many-files', { most: mostAtOnce }), 'attention');
  for (const file of files) {
    const { name } = file;
    if (file.size > attachmentMaxBytes) {
      say((t) => t('not-attached.large', { name }), 'attention');
      continue;
    }
    try {
      await byAddress.put(`/attachments/${number}?name=${encodeURIComponent(name)}`, file);
      say((t) => t('incidents.attached', { name, number }));
    } catch (error) {
      const why = reasonOf(error instanceof ByAddressProblem ? error.status : 0);
      say((t) => t(`not-attached.${why}`, { name }), 'attention');
    }
  }
}

const reasons: Readonly<Record<number, 'large' | 'kind' | 'no-more' | 'full'>> = {
  413: 'large',
  415: 'kind',
  409: 'no-more',
  507: 'full',
};
const reasonOf = (status: number) => reasons[status] ?? 'failed';

/** Saves a copy of an attached file where the operator says. Never rejects. */
export async function openFile(
  byAddress: Pick<ByAddress, 'stream' | 'saver'>,
  number: number,
  { name, digest }: { readonly name: string; readonly digest: string },
): Promise<void> {
  const outcome = await saveByAddress({
    ...{ byAddress, fileName: name, type: 'application/octet-stream', sizeBytes: null },
    path: `/attachments/${number}/${digest}`,
    // Somebody looks for the right place meanwhile.
    signal: AbortSignal.timeout(600_000),
  });
  saySaved(outcome, name);
}
