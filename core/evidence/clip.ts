import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';

/** Named by the window that makes it. */
export const clipIdSchema = z.uuid();
/** So many pieces one clip may have: hours. */
export const fragmentsMost = 20_000;

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** A piece of a clip as it was secured. */
export const clipFragmentSchema = z.strictObject({
  /** From 0. The first is the file's head. */
  index: z
    .int()
    .min(0)
    .max(fragmentsMost - 1),
  digest: digestSchema,
  sizeBytes: z.int().min(1),
  /** Pictures of the clip so far, and how long it is so far, as the window says. */
  pictures: z.int().min(0),
  endMs: z.number().min(0),
  /** When it was on the disk. */
  securedUtcMs: z.number(),
  /** It was there whole when main died before it had a record, which was written at the next start. */
  adopted: z.literal(true).optional(),
});
export type ClipFragmentFact = z.infer<typeof clipFragmentSchema>;

/** How a clip came to its end. `window-gone`, `gateway-gone`, `main-ended`: nobody ended it in order, and there may be more that was never secured. */
export const clipEnds = ['ended', 'window-gone', 'gateway-gone', 'main-ended', 'full'] as const;

export const clipSchema = z.strictObject({
  id: clipIdSchema,
  incident: z.int(),
  camera: cameraIdSchema,
  stream: streamNameSchema,
  /** Null: no seat's window, but the gateway, where no window secures the stream. */
  bySeat: z.int().nullable(),
  /** When its first piece was there. */
  beganUtcMs: z.number(),
  /** When its first picture came to the window, by the clock of the window's machine. */
  firstPictureUtcMs: z.number(),
  life: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('growing') }),
    z.strictObject({ state: z.literal('whole'), how: z.enum(clipEnds), utcMs: z.number() }),
    z.strictObject({ state: z.literal('deleted'), reason: z.string(), utcMs: z.number(), bySeat: z.int().nullable() }),
  ]),
  fragments: z.array(clipFragmentSchema).max(fragmentsMost),
});
export type Clip = z.infer<typeof clipSchema>;

/** For who reads the log by incident or camera; older records do not say it. */
const ofIncident = { incident: z.int().optional(), camera: cameraIdSchema.optional() };
/** What is recorded of a clip. */
export const clipRecordSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('began'), clip: clipSchema.omit({ life: true, fragments: true }) }),
  z.strictObject({ what: z.literal('fragment'), id: clipIdSchema, fragment: clipFragmentSchema }),
  z.strictObject({ what: z.literal('ended'), id: clipIdSchema, ...ofIncident, how: z.enum(clipEnds), utcMs: z.number() }),
  z.strictObject({
    what: z.literal('deleted'),
    id: clipIdSchema,
    ...ofIncident,
    reason: z.string().min(1).max(500),
    utcMs: z.number(),
    bySeat: z.int().nullable(),
  }),
]);
export type ClipRecord = z.infer<typeof clipRecordSchema>;

/** The clip after a record; null where the record is not possible then. */
export function nextClip(clip: Clip | null, record: ClipRecord): Clip | null {
  if (record.what === 'began') return clip === null ? { ...record.clip, life: { state: 'growing' }, fragments: [] } : null;
  if (clip === null || clip.life.state === 'deleted') return null;
  switch (record.what) {
    case 'fragment': {
      const last = clip.fragments.at(-1)?.index ?? -1;
      if (clip.life.state !== 'growing' || record.fragment.index <= last) return null;
      return { ...clip, fragments: [...clip.fragments, record.fragment] };
    }
    case 'ended':
      return clip.life.state === 'growing' ? { ...clip, life: { state: 'whole', how: record.how, utcMs: record.utcMs } } : null;
    case 'deleted': {
      const { reason, utcMs, bySeat } = record;
      return { ...clip, life: { state: 'deleted', reason, utcMs, bySeat } };
    }
  }
}

/** A stretch that was never secured. */
export interface ClipGap {
  /** The index of the first piece that is missing. */
  readonly index: number;
  /** How many are missing; null: nobody knows, for the clip was cut off there. */
  readonly count: number | null;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** What is missing of a clip. None is hidden: a bundle says them all. */
export function clipGaps({ fragments, life }: Clip): readonly ClipGap[] {
  const gaps: ClipGap[] = [];
  let [next, endMs] = [0, 0];
  for (const fragment of fragments) {
    if (fragment.index > next) gaps.push({ index: next, count: fragment.index - next, fromMs: endMs, toMs: fragment.endMs });
    [next, endMs] = [fragment.index + 1, fragment.endMs];
  }
  if (life.state === 'whole' && life.how !== 'ended') gaps.push({ index: next, count: null, fromMs: endMs, toMs: null });
  return gaps;
}

export const clipBytes = ({ fragments }: Clip): number => fragments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
