import { auditLine } from '../../core/audit/audit-line.ts';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { CustodyLine } from '../../core/evidence/custody.ts';
import type { BundleFact, ClipSummary } from '../../core/evidence/evidence.contract.ts';
import type { Incident } from '../../core/incidents/incident.ts';
import { summaryOf } from '../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../core/incidents/incident-deed.ts';
import { firstIncident, nextIncident } from '../../core/incidents/next-incident.ts';
import { usualProcedures } from '../../core/incidents/usual-procedures.ts';

const beganUtcMs = Date.UTC(2026, 10, 21, 20, 14, 7);
const camera = (number: number) => cameraIdSchema.parse(`psh-${number}`);
const hash = (digit: string) => digit.repeat(64);
const clipId = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const file = (second: string) => `INC-7-2026-11-21T20-2${second}-00Z-9f3c21.zip`;
const longName = 'patrol-report-of-the-night-shift-with-photographs-and-statements-of-four-witnesses-final-version-2.pdf';
const [accident, ...others] = usualProcedures;

/** An incident with everything that its page has a place for, in names and words of both directions. */
function fullIncident(): Incident {
  const deeds: readonly IncidentDeed[] = [
    { do: 'attach', name: 'psh-201 2026-11-21T20:14:07.412Z.png', digest: hash('a'), sizeBytes: 812_400, secured: true },
    { do: 'acknowledge' },
    { do: 'own', seat: 4 },
    { do: 'assign', to: 'گشت 4، تھانہ خان رازق' },
    { do: 'join', camera: camera(203), again: false },
    { do: 'join', camera: camera(205), again: false },
    { do: 'part', camera: camera(205), reason: 'It looks the other way' },
    { do: 'attach', name: longName, digest: hash('b'), sizeBytes: 4_812_400, secured: false },
    { do: 'attach', name: 'گواہی.pdf', digest: hash('c'), sizeBytes: 12_400, secured: false },
    { do: 'note', text: 'ایک سفید گاڑی، نمبر LEB-4471، موٹر وے کی طرف' },
    { do: 'note', text: 'Ambulance has left for Lady Reading Hospital.' },
    { do: 'follow', procedure: { name: accident?.name ?? '', steps: accident?.steps ?? [] } },
    { do: 'step', step: 0, skip: false, reason: '' },
    { do: 'step', step: 1, skip: true, reason: '1122 is there already' },
    { do: 'link', to: 5 },
    { do: 'start' },
  ];
  const flag = { camera: camera(201), category: 'accident', severity: 3, place: 'Khyber Bazar, Peshawar', shownUtcMs: null };
  let incident = firstIncident(7, { ...flag }, { seat: 3, utcMs: beganUtcMs });
  for (const [place, deed] of deeds.entries()) {
    const next = nextIncident(incident, deed, { seat: 3, utcMs: beganUtcMs + place * 17_000 });
    if (typeof next === 'string') throw new Error(`${deed.do} was refused: ${next}`);
    incident = next;
  }
  return incident;
}

const clip: ClipSummary = {
  ...{ id: clipId(1), incident: 7, camera: camera(201), stream: 'main', bySeat: 3 },
  ...{ beganUtcMs, firstPictureUtcMs: beganUtcMs - 60_000, life: { state: 'whole', how: 'ended', utcMs: beganUtcMs + 90_000 } },
  ...{ sizeBytes: 18_400_000, pictures: 3_750, lengthMs: 150_000, gaps: [{ fromMs: 31_000, toMs: 34_500 }] },
};
const growing: ClipSummary = { ...clip, id: clipId(2), camera: camera(203), life: { state: 'growing' }, gaps: [] };
const bundle: BundleFact = {
  ...{ file: file('5'), incident: 7, sealedUtcMs: beganUtcMs + 660_000, bySeat: 3, sizeBytes: 19_104_221 },
  ...{ fingerprint: hash('d'), second: null },
};
const signed: BundleFact = {
  ...bundle,
  file: file('1'),
  second: { bySeat: 2, utcMs: beganUtcMs + 700_000, fingerprint: hash('e') },
};

const of = { incident: 7, utcMs: beganUtcMs };
const custody: readonly CustodyLine[] = [
  { ...of, what: 'secured-by', camera: camera(201), bySeat: 3, displayId: 'preview' },
  { ...of, what: 'attached', bySeat: 3, name: longName, digest: hash('b') },
  { ...of, what: 'left', camera: camera(203), why: 'window-gone' },
  { ...of, what: 'stated', bySeat: 3, text: 'I saw the car come from the east.' },
  { ...of, what: 'sealed', bySeat: 3, file: file('1'), sizeBytes: 19_104_221, fingerprint: hash('d') },
  { ...of, what: 'countersigned', bySeat: 2, file: file('1'), sizeBytes: 19_104_900, fingerprint: hash('e') },
  { ...of, what: 'exported', bySeat: 2, file: file('1'), outcome: 'whole' },
];

const tiles = [{ displayId: 'preview', tile: 0 }];
const seatName = 'seat 3 (not signed in)';
const rows: readonly (readonly [string, object])[] = [
  ['evidence.countersigned', { incident: 7, bySeat: 2, file: file('1'), seat: 'seat 2 (not signed in)' }],
  ['evidence.sealed', { incident: 7, bySeat: 3, file: file('1'), seat: seatName }],
  ['incident.done', { number: 7, seat: 3, deed: { do: 'part', camera: camera(205), reason: 'It looks the other way' } }],
  ['incident.done', { number: 7, seat: 3, deed: { do: 'note', text: 'ایک سفید گاڑی، نمبر LEB-4471' } }],
  ['incident.flagged', { number: 7, seat: 3, flag: { camera: camera(201) } }],
  ['rewind.shown', { ...tiles[0], camera: camera(201), momentUtcMs: beganUtcMs - 10_000, speed: 1, seat: seatName }],
  ['stream.viewing', { what: 'closed', camera: camera(202), tiles, sinceUtcMs: beganUtcMs - 80_000, seat: seatName }],
  ['stream.viewing', { what: 'opened', camera: camera(201), tiles, sinceUtcMs: null, seat: seatName }],
  ['shift.ended', { name: 'night' }],
  ['main.began', { version: '0.0.0' }],
];
const lines = rows.map(([kind, data], place) =>
  auditLine({ sequence: rows.length - place, utcMs: beganUtcMs - place * 4_000, kind, data }),
);

const incident = fullIncident();

/** States of the contract, and what main answers, of a wall where that incident was flagged. `cameras`: all that the wall has. */
export function shownIncident(cameras: unknown): {
  readonly states: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, unknown>>;
} {
  const all = [incident, ...[5, 4, 2].map((number) => ({ ...incident, number }))].map(summaryOf);
  return {
    states: {
      'access.seat': { number: 4, role: 'supervisor', priority: 60, signedIn: false },
      'incidents.open': all,
      'incidents.choices': {
        seats: [3, 4].map((number) => ({ number, role: 'supervisor' })),
        procedures: [...(accident ? [accident] : []), ...others],
        retentionDays: 90,
      },
      'incidents.skips': [],
      'evidence.room': { usedBytes: 18_400_000_000, leftBytes: 181_000_000_000, level: 'enough' },
      'evidence.securing': [
        {
          incident: 7,
          camera: camera(201),
          fromUtcMs: beganUtcMs - 60_000,
          taken: 'another',
          securedUtcMs: beganUtcMs,
          long: false,
        },
        { incident: 7, camera: camera(203), fromUtcMs: beganUtcMs, taken: 'nobody', securedUtcMs: null, long: true },
      ],
      'audit.exporting': [],
      'audit.status': {
        head: { utcMs: beganUtcMs, rows: 10, why: 'minute', root: 'a91f20c4e77b3d05', signer: 'amber anchor arrow autumn' },
        signs: true,
        copies: { folder: '/media/deedban-heads', problem: 'not-writable', rows: 4, sameDisk: false },
      },
    },
    answers: {
      'cameras.with-ids': { cameras },
      'incidents.list': { incidents: all, total: all.length },
      'incidents.read': { incident },
      'incidents.neighbours': { near: [] },
      'evidence.clips': { clips: [growing, clip] },
      'evidence.custody': { log: custody, bundles: [bundle, signed] },
      'audit.rows': { rows: lines, next: null, all: lines.length },
      'audit.row': { found: { text: JSON.stringify({ kind: 'incident.flagged', number: 7 }), hash: hash('f'), proved: true } },
    },
  };
}
