import type { TFunction } from 'i18next';
import type { NumberTarget } from './number-target.ts';

/** What Enter will do, or why it will do nothing. */
export function numberWords(t: TFunction, target: NumberTarget): string {
  switch (target.does) {
    case 'put':
      return t('number.put', { camera: target.camera.number, name: target.camera.name, tile: target.at.tile + 1 });
    case 'select':
      return t('number.select', { tile: target.at.tile + 1 });
    case 'call':
      return t('number.call', { scene: target.number, name: target.name });
    case 'recall':
      return t('number.recall', { preset: target.preset.number, name: target.preset.name, camera: target.camera.number });
    case 'nothing':
      return t(`number.${target.why}`, { number: target.number });
  }
}
