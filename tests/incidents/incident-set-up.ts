import type { Clock } from '../../main/ports/clock.ts';
import type { DerivedFile } from '../../main/ports/derived-file.ts';
import type { Log } from '../../main/ports/log.ts';
import { createCell } from '../../core/rpc/cell.ts';
import { usualShiftStarts } from '../../core/shifts/shift-times.ts';
import { usualProcedures } from '../../core/incidents/usual-procedures.ts';
import type { IncidentsPorts } from '../../main/features/incidents/incidents-feature.ts';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { Seat } from '../../core/access/seat.ts';
import type { Flag } from '../../core/incidents/incident-deed.ts';

export const camera = (id: string) => cameraIdSchema.parse(id);

export const flagOf = (id = 'pes-1', more: Partial<Flag> = {}): Flag => ({
  camera: camera(id),
  category: 'accident',
  severity: 2,
  place: 'Khyber Bazar, gate 2',
  shownUtcMs: null,
  ...more,
});

export const seatOf = (number: number, role: Seat['role'] = 'operator'): Seat => ({
  number,
  role,
  priority: 50,
  signedIn: false,
});

/** What incidents need of a program that has three seats and knows no camera. */
export const incidentPorts = (
  journal: IncidentsPorts['journal'],
  clock: Pick<Clock, 'utcMs'>,
  log: Log,
): Omit<IncidentsPorts, 'snapshot'> => ({
  journal,
  clock,
  log,
  shownAt: () => null,
  setProcedures: async () => {},
  choices: createCell({
    retentionDays: 90,
    seats: [1, 2, 3].map((number) => ({ number, role: 'operator' as const })),
    procedures: [...usualProcedures],
  }),
  shiftStarts: () => usualShiftStarts,
  place: () => null,
  neighbours: async () => [],
  changed() {},
});

/** A file in memory. */
export function createMemoryFile(): DerivedFile & { bytes: Uint8Array | null; writes: number } {
  const file = {
    bytes: null as Uint8Array | null,
    writes: 0,
    read: async () => file.bytes,
    async write(pieces: AsyncIterable<Uint8Array>) {
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      file.bytes = Buffer.concat(all);
      file.writes += 1;
    },
  };
  return file;
}
