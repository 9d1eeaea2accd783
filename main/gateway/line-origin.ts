import { type PictureOrigin, toldSets } from '../../core/streams/picture-origin.ts';
import type { OpenedSource } from './source.ts';

/** How the pictures of a line's present source were made. */
export interface LineOrigin {
  begin(facts: Pick<OpenedSource, 'encodedFrom'>): void;
  /** Behind a key picture: cameras change their parameter sets there. The same object until something is another. */
  look(parameterSets: readonly Buffer[]): PictureOrigin;
  present(): PictureOrigin;
}

export function createLineOrigin(): LineOrigin {
  let origin: PictureOrigin = { encodedFrom: null, parameterSets: [] };
  return {
    begin({ encodedFrom = null }) {
      origin = { encodedFrom, parameterSets: [] };
    },
    look(parameterSets) {
      if (origin.encodedFrom !== null) return origin;
      const told = parameterSets.filter(({ length }) => length <= toldSets.bytes).slice(0, toldSets.most);
      const sets = told.map((set) => set.toString('hex'));
      if (sets.join() !== origin.parameterSets.join()) origin = { ...origin, parameterSets: sets };
      return origin;
    },
    present: () => origin,
  };
}
