import { z } from 'zod';

/** The first message on the parent's pipe. Secrets come this way because command lines and environments are readable by others. */
export const bootSchema = z.strictObject({
  type: z.literal('boot'),
  /** The bearer token WHEP wants. */
  token: z.string().regex(/^[A-Za-z0-9._~+/-]{16,256}$/),
  /** A Unix socket in a 0700 directory, or a Windows named pipe. */
  controlPath: z.string().min(1).max(1_024),
  controlKey: z.string().min(16).max(256),
  whepHost: z.literal('127.0.0.1'),
  /** 0: any free one. */
  whepPort: z.int().min(0).max(65_535),
  ffmpegPath: z.string().max(4_096).nullable(),
  /** How long sessions are served after main died without a word. */
  orphanMs: z.int().min(0).max(3_600_000),
  /** STUN and TURN addresses; empty on an air-gapped network and by default. */
  iceServers: z.array(z.string().max(1_024)).max(8),
});
export type Boot = z.infer<typeof bootSchema>;

/** The answer on the parent's pipe. */
export const bootedSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), whepUrl: z.string().max(200), pid: z.int() }),
  z.strictObject({ type: z.literal('failed'), reason: z.string().max(500) }),
]);
export type Booted = z.infer<typeof bootedSchema>;
