import { z } from 'zod';

/** How much evidence may be kept, and how much is taken by itself. */
export const evidenceLimitsSchema = z.strictObject({
  /** All clips together, in bytes. */
  quotaBytes: z
    .number()
    .min(1)
    .default(200 * 1024 ** 3),
  /** Left to everything else on that disk, in bytes. */
  leaveFreeBytes: z
    .number()
    .min(0)
    .default(2 * 1024 ** 3),
  /** Clips of incidents that were closed so long ago are deleted, unless they are locked. */
  retentionDays: z.number().min(1).max(36_500).default(90),
  /** So much before the flag is secured, as far as windows have it (s). */
  beforeSeconds: z.number().min(0).max(3_600).default(60),
  /** After so long somebody is asked whether it should go on (minutes; a part of one lets who sets it up see the question), and after so long it ends by itself. */
  askAfterMinutes: z.number().min(0.1).max(1_440).default(30),
  mostMinutes: z.number().min(1).max(1_440).default(120),
  /** Who time-stamps what is sealed (RFC 3161 over HTTP); it is sent a digest. Null: nobody is asked. */
  timeStampAuthority: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .default(null),
});
export type EvidenceLimits = z.infer<typeof evidenceLimitsSchema>;

export const evidenceRoomSchema = z.strictObject({
  usedBytes: z.number(),
  /** What may still be kept. */
  leftBytes: z.number(),
  /** `low`: said early enough to make room. `full`: nothing is taken any more, though some bytes may be left. */
  level: z.enum(['enough', 'low', 'full']),
});
export type EvidenceRoom = z.infer<typeof evidenceRoomSchema>;

/** An hour of sixteen cameras at 2 Mbit/s. */
const lowBytes = 16 * 3_600 * 250_000;
/** Or a tenth of the quota, where that is less. */
const lowShare = 0.1;

/** The longest piece of a clip may not fit into less. */
const fullBytes = 16 * 1024 ** 2;
const fullShare = 0.01;

/** `freeBytes`: on the disk; null where it is not known. */
export function evidenceRoom(usedBytes: number, freeBytes: number | null, limits: EvidenceLimits): EvidenceRoom {
  const ofQuota = limits.quotaBytes - usedBytes;
  const ofDisk = freeBytes === null ? Number.POSITIVE_INFINITY : freeBytes - limits.leaveFreeBytes;
  const leftBytes = Math.max(0, Math.min(ofQuota, ofDisk));
  const low = Math.min(lowBytes, limits.quotaBytes * lowShare);
  const full = Math.min(fullBytes, limits.quotaBytes * fullShare);
  return { usedBytes, leftBytes, level: leftBytes < full ? 'full' : leftBytes < low ? 'low' : 'enough' };
}
