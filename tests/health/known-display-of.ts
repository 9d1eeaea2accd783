import { type KnownDisplay, knownDisplaySchema } from '../../core/displays/displays.contract.ts';

/** A connected wall display of this number. */
export function knownDisplayOf(id: string, number: number): KnownDisplay {
  return knownDisplaySchema.parse({
    id,
    number,
    name: `Display ${number}`,
    connector: '',
    bounds: { x: 0, y: 0, width: 1_920, height: 1_080 },
    scale: 1,
    primary: number === 1,
    connected: true,
    use: 'wall',
    wish: 'auto',
    shownOn: null,
    wordScale: 1,
    wordScaleWish: null,
  });
}
