import { z } from 'zod';

/** Why a head was signed. */
export const headReasons = ['minute', 'shift', 'asked', 'end'] as const;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** So many rows at most lie between two heads: more are signed in steps. */
export const headRowsMost = 10_000;

/**
 * What is said, and signed, of the log at one moment: so many rows, with that root (RFC 6962). A copy that lies elsewhere keeps whoever has the database from
 * changing anything before it unnoticed; with the leaves since the head before it the very row can be named.
 */
export const auditHeadSchema = z.strictObject({
  size: z.int().min(1),
  root: hex(32),
  utcMs: z.number(),
  why: z.enum(headReasons),
  /** The hashes of the rows since this one (its place, from 0), end to end in hexadecimal. */
  from: z.int().min(0),
  leaves: z
    .string()
    .regex(/^(?:[0-9a-f]{64})*$/)
    .max(headRowsMost * 64),
  /** Ed25519 over `headText`. */
  signature: hex(64),
  /** The signer's public key (PEM). */
  key: z.string().max(500),
});
export type AuditHead = z.infer<typeof auditHeadSchema>;

/** What is signed of a head. `leavesSha256` is the SHA-256 of its `leaves` as bytes. */
export function headText(head: Omit<AuditHead, 'signature' | 'key' | 'leaves'>, leavesSha256: string): string {
  const { size, root, utcMs, why, from } = head;
  return `Deedban audit head 1\n${JSON.stringify({ size, root, utcMs, why, from, leavesSha256 })}\n`;
}
