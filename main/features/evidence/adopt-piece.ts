import { z } from 'zod';
import { type Clip, type ClipRecord, clipFragmentSchema, clipSchema } from '../../../core/evidence/clip.ts';
import type { Log } from '../../ports/log.ts';
import type { Vault } from '../../ports/vault.ts';

/** What is noted of a piece before it goes into the Vault: the records that it will have. */
export const comingPieceSchema = z.strictObject({
  clip: clipSchema.omit({ life: true, fragments: true }),
  fragment: clipFragmentSchema,
});
export type ComingPiece = z.infer<typeof comingPieceSchema>;

/**
 * A main that died between a piece and its record leaves a piece that nobody lists. Its window was never told that it is kept, and may have died too: it may be the only one. So the
 * next main gives it the record, which says that it came so. Only what the Vault has whole; half of one never gets a name there. What cannot be its clip's next
 * piece was refused, in words, and goes. Rejects with `StoreProblem`.
 */
export async function adoptPiece(
  noted: unknown,
  ports: {
    readonly vault: Pick<Vault, 'verify' | 'delete'>;
    readonly log: Log;
    get(clip: string): Clip | undefined;
    /** Whether any clip lists it. */
    isKept(digest: string): boolean;
    write(record: ClipRecord): Promise<void>;
    utcMs(): number;
  },
): Promise<void> {
  const coming = comingPieceSchema.safeParse(noted);
  if (!coming.success) return;
  const { clip, fragment } = coming.data;
  const { digest, index } = fragment;
  const present = ports.get(clip.id);
  if (present?.fragments.some((each) => each.index === index && each.digest === digest)) return;
  if ((await ports.vault.verify(digest)) !== 'good') return;
  const goesOn = !present || (present.life.state === 'growing' && index > (present.fragments.at(-1)?.index ?? -1));
  const facts = { incident: clip.incident, camera: clip.camera, clip: clip.id, index };
  if (!goesOn) {
    if (ports.isKept(digest)) return;
    await ports.vault.delete(digest);
    ports.log.warn('A piece of evidence that had been refused was removed', facts);
    return;
  }
  if (!present) await ports.write({ what: 'began', clip });
  await ports.write({ what: 'fragment', id: clip.id, fragment: { ...fragment, securedUtcMs: ports.utcMs(), adopted: true } });
  ports.log.warn('A piece of evidence was kept that an earlier start had not recorded', facts);
}
