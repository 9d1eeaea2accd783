import type { Lamp } from './light.ts';
import type { Face, Vec } from './solid.ts';

/** What a scene is put together from; pieces add their faces, lamps and wires. */
export interface Setting {
  readonly faces: Face[];
  readonly lamps: Lamp[];
  readonly wires: { readonly from: Vec; readonly to: Vec; readonly sag: number }[];
}
