import type { Outfit } from './model-parts.ts';
import { cart, motorbike, person } from './people.ts';
import type { Face, Pose } from './solid.ts';
import { car, carShapes, longBody, pickup, rickshaw, truck } from './vehicles.ts';

/** The things that move. All stand at the pose and look along its front. */
export type ModelName =
  | 'sedan'
  | 'hatch'
  | 'suv'
  | 'van'
  | 'pickup'
  | 'coach'
  | 'bus'
  | 'truck'
  | 'rickshaw'
  | 'motorbike'
  | 'bicycle'
  | 'person'
  | 'cart';

/** The faces of a model; `lengthOf` and `speedOf` are its lane's business. */
export function buildModel(name: ModelName, pose: Pose, outfit: Outfit): Face[] {
  switch (name) {
    case 'sedan':
    case 'hatch':
    case 'suv':
    case 'van':
      return car(pose, carShapes[name], outfit);
    case 'pickup':
      return pickup(pose, outfit);
    case 'coach':
      return longBody(pose, outfit, 0.95, 5.2, 2.2);
    case 'bus':
      return longBody(pose, outfit, 1.25, 11, 3.1);
    case 'truck':
      return truck(pose, outfit);
    case 'rickshaw':
      return rickshaw(pose, outfit);
    case 'motorbike':
      return motorbike(pose, outfit, true);
    case 'bicycle':
      return motorbike(pose, outfit, false);
    case 'person':
      return person(pose, outfit);
    case 'cart':
      return cart(pose, outfit);
  }
}
