import { z } from 'zod';
import { tourStepSchema } from './tour-life.ts';

export const mostSavedTours = 16;

/** A tour that we run, kept under a name to be started again. */
export const savedTourSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  steps: z.array(tourStepSchema).min(2).max(64),
});
export type SavedTour = z.infer<typeof savedTourSchema>;

/** With one more; one of the same name is replaced. Null: there are too many. */
export function withTour(tours: readonly SavedTour[], tour: SavedTour): SavedTour[] | null {
  const others = withoutTour(tours, tour.name);
  return others.length >= mostSavedTours ? null : [...others, tour].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function withoutTour(tours: readonly SavedTour[], name: string): SavedTour[] {
  return tours.filter((tour) => tour.name !== name);
}
