import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { Flag } from '../../core/incidents/incident-deed.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';

const categories = ['accident', 'crime', 'fire', 'crowd'] as const;

export const flagOf = (number: number): Flag => ({
  camera: cameraIdSchema.parse(`pes-${number % 4_000}`),
  category: categories[number % categories.length] ?? 'accident',
  severity: 1 + (number % 4),
  place: `Khyber Bazar, gate ${number % 500}`,
  shownUtcMs: null,
});

/** Puts the records of so many incidents into a data folder, a minute between them, each with a note. Of `openEach` one is open, and all others are closed. */
export async function fillWithIncidents(folder: string, count: number, openEach = 100): Promise<void> {
  const { journal, close } = openSqliteStores(folder, systemClock);
  const beganMs = Date.now() - count * 60_000;
  // What is appended in one task is one transaction.
  for (let from = 1; from <= count; from += 2_000) {
    const all: Promise<unknown>[] = [];
    for (let number = from; number < from + 2_000 && number <= count; number += 1) {
      const by = { number, seat: 1 + (number % 8), seatName: 'seat', utcMs: beganMs + number * 60_000 };
      all.push(journal.append('incident.flagged', { ...by, flag: flagOf(number) }));
      all.push(journal.append('incident.done', { ...by, deed: { do: 'note', text: `seen at gate ${number % 500}` } }));
      for (const deed of [{ do: 'acknowledge' }, { do: 'resolve', outcome: 'nothing' }, { do: 'close' }])
        if (number % openEach > 0) all.push(journal.append('incident.done', { ...by, deed }));
    }
    await Promise.all(all);
  }
  close();
}
