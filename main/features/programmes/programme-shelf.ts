import type { CallOutput } from '../../../core/rpc/define.ts';
import {
  type Programme,
  type ProgrammeDraft,
  type ProgrammeId,
  programmeIdSchema,
  programmeSchema,
  type programmesContract,
  type programmesRefusals,
} from '../../../core/programmes/programmes.contract.ts';
import type { SceneId } from '../../../core/scenes/scene.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable, type MirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';

export type ProgrammeOutcome = CallOutput<typeof programmesContract, 'programmes.create'>;
export type ProgrammeRefusal = (typeof programmesRefusals)[number];
const mostProgrammes = 500;
/** All programmes go to a window in one message. */
const mostListText = 900_000;

/** The programmes that are kept, and the rules of changing them. Every change is on the disk when its promise resolves. */
export interface ProgrammeShelf {
  readonly table: MirroredTable<Programme>;
  list(): Programme[];
  get(id: ProgrammeId): Programme | undefined;
  create(draft: ProgrammeDraft, seat: number): Promise<ProgrammeOutcome>;
  change(id: ProgrammeId, revision: number, draft: ProgrammeDraft): Promise<ProgrammeOutcome>;
  /** `changed-meanwhile`: it is not the revision that was meant, and it stays. */
  delete(id: ProgrammeId, revision: number): Promise<ProgrammeRefusal | null>;
}

export function createProgrammeShelf(ports: {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
  hasScene(id: SceneId): boolean;
}): ProgrammeShelf {
  const { clock, log } = ports;
  const table = createMirroredTable(
    ports.registry.table('programmes', programmeSchema, (programme) =>
      log.warn('A programme cannot be read and is left out', { programme }),
    ),
  );
  const programmes = () => [...table.entries.current().values()].map(({ value }) => value);

  async function store(programme: Programme): Promise<ProgrammeOutcome> {
    const others = programmes().filter(({ id }) => id !== programme.id);
    if (JSON.stringify([...others, programme]).length > mostListText) return refused('too-many');
    try {
      if (await table.put(programme.id, programme)) return { outcome: 'stored', programme };
    } catch (error) {
      logFault(error, log);
      return refused('not-saved');
    }
    const present = table.get(programme.id);
    return present === undefined ? refused('no-such-programme') : { outcome: 'conflict', present };
  }

  /** `had`: scenes of it that are gone may stay: they are passed over, and a person may want to see which they were. */
  function problemOf(draft: ProgrammeDraft, own: ProgrammeId | null, had: readonly SceneId[]): ProgrammeOutcome | null {
    if (programmes().some(({ id, number }) => number === draft.number && id !== own)) return refused('number-taken');
    const missing = draft.steps.some(({ scene }) => !ports.hasScene(scene) && !had.includes(scene));
    return missing ? refused('no-such-scene') : null;
  }

  return {
    table,
    list: () => programmes().sort((a, b) => a.number - b.number),
    get: (id) => table.get(id),
    create: (draft, ownerSeat) =>
      table.inTurn(async () => {
        if (table.entries.current().size >= mostProgrammes) return refused('too-many');
        const id = programmeIdSchema.parse(ports.newId());
        const { number, name, steps } = draft;
        return (
          problemOf(draft, null, []) ?? store({ id, number, name, steps, revision: 1, ownerSeat, changedUtcMs: clock.utcMs() })
        );
      }),
    change: (id, revision, draft) =>
      table.inTurn(async () => {
        const present = table.get(id);
        if (present === undefined) return refused('no-such-programme');
        if (present.revision !== revision) return { outcome: 'conflict', present };
        const { number, name, steps } = draft;
        const had = present.steps.map(({ scene }) => scene);
        return (
          problemOf(draft, id, had) ??
          store({ ...present, number, name, steps, revision: revision + 1, changedUtcMs: clock.utcMs() })
        );
      }),
    delete: (id, revision) =>
      table.inTurn(async () => {
        const present = table.get(id);
        if (present === undefined) return 'no-such-programme';
        if (present.revision !== revision) return 'changed-meanwhile';
        try {
          return (await table.delete(id)) ? null : 'changed-meanwhile';
        } catch (error) {
          logFault(error, log);
          return 'not-saved';
        }
      }),
  };
}

function refused(refusal: ProgrammeRefusal): ProgrammeOutcome {
  return { outcome: 'refused', refusal };
}

function logFault(error: unknown, log: Log): void {
  log.error('A programme could not be kept', { reason: error instanceof Error ? error.message : String(error) });
}
