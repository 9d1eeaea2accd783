import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import { type Seat, seatForRecords } from '../../../core/access/seat.ts';
import type { ProgrammeStep } from '../../../core/programmes/programme-life.ts';
import type { NextPictures, Programme, programmesContract } from '../../../core/programmes/programmes.contract.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { SceneId } from '../../../core/scenes/scene.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { createKeptProgramme } from './kept-programme.ts';
import { createProgrammePlayer, type NextStep, type ProgrammePlayer, type ProgrammeScenes } from './programme-player.ts';
import { createProgrammeShelf, type ProgrammeOutcome, type ProgrammeRefusal } from './programme-shelf.ts';

export interface ProgrammesPorts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly scenes: ProgrammeScenes;
  /** What the directory knows of a camera. */
  camera(id: CameraId): Pick<Camera, 'streams'> | undefined;
  /** The display whose tiles this window shows; null: it shows none. */
  displayOf(session: Session): string | null;
  /** A new id that nobody meets twice: 1 to 64 of `a-z0-9-` (a UUID). */
  newId(): string;
}

export interface ProgrammesFeature extends Feature<typeof programmesContract> {
  /** Resolves when the programmes are read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  /** Goes on with what played when the program ended. Once, when wall and scenes are ready. */
  resume(): Promise<void>;
  readonly byHand: ProgrammePlayer['byHand'];
  /** Names of the programmes that show a scene. */
  usesOf(scene: SceneId): readonly string[];
}

/** Scenes in turn: kept in the Registry, played through the scenes. */
export function createProgrammesFeature(ports: ProgrammesPorts): ProgrammesFeature {
  const { clock, journal, log, registry, scenes } = ports;
  const shelf = createProgrammeShelf({ ...ports, hasScene: (id) => scenes.has(id) });
  const kept = createKeptProgramme({ registry, clock });
  const player = createProgrammePlayer({ clock, log, scenes, kept });
  const list = createCell<Programme[]>([]);
  const stop = shelf.table.entries.subscribe(() => list.set(shelf.list()));

  function record(what: string, seat: Seat, data: object): void {
    journal.append(`programme.${what}`, { ...data, seat: seatForRecords(seat) }).catch((error: unknown) => {
      log.error('What was done with a programme was not recorded', {
        reason: error instanceof Error ? error.message : String(error),
      });
    });
  }
  function recorded(what: string, seat: Seat, outcome: ProgrammeOutcome): ProgrammeOutcome {
    if (outcome.outcome === 'stored') {
      const { id, number, revision } = outcome.programme;
      record(what, seat, { programme: id, number, revision });
    }
    return outcome;
  }
  function nextPictures(next: NextStep | null, session: Session): NextPictures | null {
    const displayId = next === null ? null : ports.displayOf(session);
    if (next === null || displayId === null) return null;
    const tiles = next.tiles.flatMap(({ camera, widthShare, ...tile }) => {
      const known = tile.displayId === displayId ? ports.camera(camera) : undefined;
      return known ? [{ camera, streams: known.streams, widthShare }] : [];
    });
    return tiles.length === 0 ? null : { atUtcMs: next.atUtcMs, tiles };
  }
  const isPlaying = () => player.life().state !== 'idle';
  /** An order to what plays. */
  async function ordered(
    what: string,
    seat: Seat,
    input: Parameters<typeof player.order>[0],
  ): Promise<{ refusal: ProgrammeRefusal | null }> {
    const before = player.life();
    if (before.state === 'idle') return { refusal: 'not-playing' };
    if (!(await player.order(input))) return { refusal: 'not-saved' };
    record(what, seat, { programme: before.programme, step: before.step });
    return { refusal: null };
  }

  return {
    ready: shelf.table.ready,
    async resume() {
      const found = await kept.read().catch((error: unknown) => {
        log.warn('What played before cannot be read', { reason: String(error) });
        return null;
      });
      const programme = found && shelf.get(found.programme);
      if (!found || !programme) return;
      await player.order({
        what: 'restored',
        programme: programme.id,
        steps: stepsOf(programme),
        kept: found.kept,
        atMs: clock.monotonicMs(),
      });
    },
    byHand: player.byHand,
    usesOf: (scene) =>
      shelf
        .list()
        .filter(({ steps }) => steps.some((step) => step.scene === scene))
        .map(({ name }) => name),
    close() {
      stop();
      player.close();
      shelf.table.close();
    },
    calls: {
      'programmes.create': async (draft, { session: { seat } }) =>
        recorded('created', seat, await shelf.create(draft, seat.number)),
      'programmes.change': async ({ id, revision, draft }, { session: { seat } }) => {
        const outcome = recorded('changed', seat, await shelf.change(id, revision, draft));
        const life = player.life();
        if (outcome.outcome === 'stored' && life.state !== 'idle' && life.programme === id)
          await player.order({ what: 'edited', steps: stepsOf(outcome.programme) });
        return outcome;
      },
      'programmes.delete': async ({ id, revision }, { session: { seat } }) => {
        const refusal = await shelf.delete(id, revision);
        if (refusal !== null) return { refusal };
        record('deleted', seat, { programme: id, revision });
        const life = player.life();
        if (life.state !== 'idle' && life.programme === id) await player.order({ what: 'stop' });
        return { refusal };
      },
      'programmes.start': async ({ id }, { session: { seat } }) => {
        const programme = shelf.get(id);
        if (programme === undefined) return { refusal: 'no-such-programme' };
        // What plays goes on where this one has nothing to show.
        if (!programme.steps.some(({ scene }) => scenes.has(scene))) return { refusal: 'no-such-scene' };
        const started = await player.order({ what: 'start', programme: id, steps: stepsOf(programme), seat: seat.number });
        if (!started) return { refusal: 'not-saved' };
        if (!isPlaying()) return { refusal: 'no-such-scene' };
        record('started', seat, { programme: id, number: programme.number });
        return { refusal: null };
      },
      'programmes.pause': ({ paused }, { session: { seat } }) =>
        ordered(paused ? 'paused' : 'resumed', seat, { what: paused ? 'pause' : 'resume', atMs: clock.monotonicMs() }),
      'programmes.skip': ({ by }, { session: { seat } }) => ordered('skipped', seat, { what: 'skip', by }),
      'programmes.stop': (_input, { session: { seat } }) => ordered('stopped', seat, { what: 'stop' }),
    },
    states: {
      'programmes.list': () => list,
      'programmes.playing': () => player.playing,
      'programmes.next': (session) => ({
        current: () => nextPictures(player.next.current(), session),
        subscribe: (listener) => player.next.subscribe((next) => listener(nextPictures(next, session))),
      }),
    },
    events: {},
  };
}

function stepsOf({ steps }: Programme): readonly ProgrammeStep[] {
  return steps.map(({ scene, dwellS }) => ({ scene, dwellMs: dwellS * 1_000 }));
}
