import { z } from 'zod';

/** How long after the flag it can be taken back, in milliseconds. */
export const withdrawWithinMs = 5_000;

const since = { sinceUtcMs: z.number(), bySeat: z.int() };
export const incidentLifeSchema = z.discriminatedUnion('state', [
  /** `reopened`: it was resolved before, and cannot be withdrawn. */
  z.strictObject({ state: z.literal('open'), ...since, reopened: z.boolean() }),
  z.strictObject({ state: z.literal('acknowledged'), ...since }),
  z.strictObject({ state: z.literal('in-progress'), ...since }),
  z.strictObject({ state: z.literal('resolved'), ...since, outcome: z.string() }),
  z.strictObject({ state: z.literal('closed'), ...since, outcome: z.string() }),
  z.strictObject({ state: z.literal('withdrawn'), ...since }),
]);
export type IncidentLife = z.infer<typeof incidentLifeSchema>;
export const incidentStates = ['open', 'acknowledged', 'in-progress', 'resolved', 'closed', 'withdrawn'] as const;
/** The columns of the board: what was withdrawn is nobody's work. */
export const boardStates = ['open', 'acknowledged', 'in-progress', 'resolved', 'closed'] as const;

const textSchema = (most: number) => z.string().trim().min(1).max(most);
/** What moves a life on. */
export const lifeMoveSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge') }),
  z.strictObject({ do: z.literal('start') }),
  z.strictObject({ do: z.literal('resolve'), outcome: textSchema(2_000) }),
  z.strictObject({ do: z.literal('close') }),
  z.strictObject({ do: z.literal('reopen'), reason: textSchema(2_000) }),
  z.strictObject({ do: z.literal('withdraw') }),
]);
export type LifeMove = z.infer<typeof lifeMoveSchema>;

/** `not-now`: not from this state. `too-late`: it can only be resolved now. `not-yours`: another seat flagged it. */
export type LifeRefusal = 'not-now' | 'too-late' | 'not-yours';

/**
 * ```
 * open ──acknowledge──▶ acknowledged ──start──▶ in-progress ──resolve──▶ resolved ──close──▶ closed
 *  │ ▲                        └───────────────resolve──────────────────────▲ │               │
 *  │ └───────────────────────────────────reopen──────────────────────────────┴───────────────┘
 *  └──withdraw, within 5 s, by the seat that flagged it──▶ withdrawn (for good)
 * ```
 */
export function nextLife(
  life: IncidentLife,
  move: LifeMove,
  by: { readonly seat: number; readonly utcMs: number },
): IncidentLife | LifeRefusal {
  const now = { sinceUtcMs: by.utcMs, bySeat: by.seat };
  switch (move.do) {
    case 'acknowledge':
      return life.state === 'open' ? { state: 'acknowledged', ...now } : 'not-now';
    case 'start':
      return life.state === 'acknowledged' ? { state: 'in-progress', ...now } : 'not-now';
    case 'resolve':
      return life.state === 'acknowledged' || life.state === 'in-progress'
        ? { state: 'resolved', ...now, outcome: move.outcome }
        : 'not-now';
    case 'close':
      return life.state === 'resolved' ? { state: 'closed', ...now, outcome: life.outcome } : 'not-now';
    case 'reopen':
      return life.state === 'resolved' || life.state === 'closed' ? { state: 'open', ...now, reopened: true } : 'not-now';
    case 'withdraw':
      if (life.state !== 'open' || life.reopened) return 'not-now';
      if (by.seat !== life.bySeat) return 'not-yours';
      return by.utcMs - life.sinceUtcMs <= withdrawWithinMs ? { state: 'withdrawn', ...now } : 'too-late';
  }
}
