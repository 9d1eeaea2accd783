import { z } from 'zod';

/** Records that need one sentence each: a kind, and its sentence. */
const byKind = {
  'wall.changed': 'wall-changed',
  'still.forgotten': 'still-forgotten',
  'scene.created': 'scene-created',
  'scene.changed': 'scene-changed',
  'scene.deleted': 'scene-deleted',
  'scene.called': 'scene-called',
  'scene.imported': 'scene-imported',
  'programme.created': 'programme-created',
  'programme.changed': 'programme-changed',
  'programme.deleted': 'programme-deleted',
  'programme.started': 'programme-started',
  'programme.paused': 'programme-paused',
  'programme.resumed': 'programme-resumed',
  'programme.skipped': 'programme-skipped',
  'programme.stopped': 'programme-stopped',
  'ptz.taken': 'ptz-taken',
  'ptz.taken-over': 'ptz-taken-over',
  'rewind.shown': 'rewind-shown',
  'rewind.found': 'rewind-found',
  'rewind.ended': 'rewind-ended',
  'incident.flagged': 'incident-flagged',
  'evidence.began': 'evidence-began',
  'evidence.fragment': 'evidence-fragment',
  'evidence.ended': 'evidence-ended',
  'evidence.deleted': 'evidence-deleted',
  'evidence.secured-by': 'evidence-secured-by',
  'evidence.not-secured': 'evidence-not-secured',
  'evidence.left': 'evidence-left',
  'evidence.over': 'evidence-over',
  'evidence.verdict': 'evidence-verdict',
  'evidence.origin': 'evidence-origin',
  'evidence.stated': 'evidence-stated',
  'evidence.sealed': 'evidence-sealed',
  'evidence.bundle-deleted': 'evidence-bundle-deleted',
  'evidence.viewed': 'evidence-viewed',
  'evidence.countersigned': 'evidence-countersigned',
  'evidence.attached': 'evidence-attached',
  'evidence.opened': 'evidence-opened',
  'evidence.file-deleted': 'evidence-file-deleted',
  'shift.ended': 'shift-ended',
  'main.began': 'main-began',
  'main.ended': 'main-ended',
  'deed.cameras.apply-import': 'deed-import',
  'deed.cameras.save-group': 'deed-group',
  'deed.cameras.delete-group': 'deed-group-deleted',
  'deed.cameras.demonstration': 'deed-demonstration',
  'deed.cameras.set-login': 'deed-login',
  'deed.cameras.try-login': 'deed-login-tried',
  'deed.cameras.set-passphrase': 'deed-passphrase',
  'deed.cameras.unlock': 'deed-unlock',
  'deed.cameras.set-clock': 'deed-clock',
  'deed.cameras.take-devices': 'deed-devices',
  'deed.displays.describe': 'deed-display',
  'deed.displays.use': 'deed-display',
  'deed.displays.show-elsewhere': 'deed-display',
  'deed.displays.forget': 'deed-display-forgotten',
  'deed.streams.set-limits': 'deed-limits',
  'deed.incidents.set-procedures': 'deed-procedures',
  'deed.host.set-pin': 'deed-pin',
  'deed.host.leave': 'deed-leave',
  'deed.ptz.save-preset': 'deed-preset',
  'deed.ptz.describe-preset': 'deed-preset',
  'deed.ptz.delete-preset': 'deed-preset-deleted',
  'deed.ptz.set-home': 'deed-home',
  'deed.ptz.set-duty': 'deed-duty',
  'deed.ptz.set-lens': 'deed-lens',
  'deed.ptz.save-tour': 'deed-tour-saved',
  'deed.ptz.delete-tour': 'deed-tour-deleted',
  'deed.ptz.start-tour': 'deed-tour',
  'deed.evidence.go-on': 'deed-go-on',
  'deed.evidence.trust-clock': 'deed-trust-clock',
} as const;

/** Kinds of records that have sentences. */
export const toldKinds: readonly string[] = Object.keys(byKind);

/** Kinds with several sentences, by a field of theirs. What has none of these has the sentence of its kind, or `other`. */
const viewings = ['opened', 'moved', 'closed'] as const;
const wallDeeds = [
  ...(['put', 'swap', 'fill', 'divide', 'pin', 'back', 'forward', 'zoom', 'enlarge', 'blank', 'clear', 'show'] as const),
  ...(['undo', 'redo'] as const),
] as const;
const incidentDeeds = [
  ...(['acknowledge', 'start', 'resolve', 'close', 'reopen', 'withdraw', 'own', 'assign', 'note'] as const),
  ...(['link', 'unlink', 'attach', 'join', 'classify', 'follow', 'step', 'lock', 'part', 'detach'] as const),
  ...(['skip', 'see-skip', 'unlock', 'own-nobody'] as const),
] as const;
/** What was deleted by a rule, and which. */
const rules = ['retention', 'withdrawn'] as const;
const outcomes = ['begun', 'whole', 'broken-off'] as const;

export const auditWords = [
  ...new Set(Object.values(byKind)),
  ...viewings.map((what) => `viewing-${what}` as const),
  ...wallDeeds.map((what) => `wall-${what}` as const),
  'evidence-fragment-adopted',
  ...rules.map((rule) => `evidence-deleted-${rule}` as const),
  'incident-done',
  ...incidentDeeds.map((what) => `incident-${what}` as const),
  ...outcomes.map((what) => `evidence-exported-${what}` as const),
  'evidence-exported-sent',
  ...outcomes.map((what) => `audit-exported-${what}` as const),
  'other',
] as const;
export const auditWordSchema = z.enum(auditWords);
export type AuditWord = z.infer<typeof auditWordSchema>;

const partSchema = z.object({
  what: z.string().optional().catch(undefined),
  outcome: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  fragment: z
    .object({ adopted: z.literal(true) })
    .optional()
    .catch(undefined),
  deed: z
    .object({
      do: z.string(),
      locked: z.boolean().optional(),
      skip: z.boolean().optional(),
      seat: z.number().nullable().optional(),
    })
    .optional()
    .catch(undefined),
});

/** Which sentence says a record. */
export function wordOf(kind: string, data: unknown): AuditWord {
  const { what, outcome, reason, fragment, deed } = partSchema.safeParse(data).data ?? {};
  const told = {
    'stream.viewing': `viewing-${what}`,
    'wall.changed': `wall-${what}`,
    'incident.done': `incident-${deed && deedWord(deed)}`,
    'evidence.fragment': fragment && 'evidence-fragment-adopted',
    'evidence.deleted': `evidence-deleted-${reason}`,
    'evidence.exported': `evidence-exported-${outcome}`,
    'audit.exported': `audit-exported-${outcome}`,
  }[kind];
  const word = auditWordSchema.safeParse(told);
  if (word.success) return word.data;
  if (kind === 'incident.done') return 'incident-done';
  return isKnown(kind) ? byKind[kind] : 'other';
}

/** One deed may be either of two things: which of them it was must be said. */
function deedWord({ do: deed, locked, skip, seat }: NonNullable<z.infer<typeof partSchema>['deed']>): string {
  if (deed === 'lock' && locked === false) return 'unlock';
  if (deed === 'own' && seat === null) return 'own-nobody';
  return deed === 'step' && skip === true ? 'skip' : deed;
}

const isKnown = (kind: string): kind is keyof typeof byKind => Object.hasOwn(byKind, kind);
