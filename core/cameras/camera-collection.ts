import type { CameraEntry } from './camera.ts';
import type { FieldProblem } from './camera-line.ts';

/** Cameras taken so far, each with the place it came from, so that a second one with the same id or number can be refused. */
export interface CameraCollection {
  /** Takes the camera, or says which earlier one has its id or number. A refused one does not stand in the way of later ones. */
  take(entry: CameraEntry, where: string): readonly FieldProblem[];
  hasId(id: string): boolean;
  hasNumber(number: number): boolean;
  entries(): readonly CameraEntry[];
}

export function createCameraCollection(): CameraCollection {
  const entries: CameraEntry[] = [];
  const placeOfId = new Map<string, string>();
  const placeOfNumber = new Map<number, string>();
  return {
    take(entry, where) {
      const { id, number } = entry.camera;
      const problems: FieldProblem[] = [];
      const sameId = placeOfId.get(id);
      if (sameId !== undefined) problems.push({ field: 'id', reason: `${sameId} has the same id` });
      const sameNumber = placeOfNumber.get(number);
      if (sameNumber !== undefined) problems.push({ field: 'number', reason: `${sameNumber} has the same number` });
      if (problems.length > 0) return problems;
      placeOfId.set(id, where);
      placeOfNumber.set(number, where);
      entries.push(entry);
      return [];
    },
    hasId: (id) => placeOfId.has(id),
    hasNumber: (number) => placeOfNumber.has(number),
    entries: () => entries,
  };
}
