import type { TourStep } from '../../../core/ptz/tour-life.ts';
import { wholeNumber } from './whole-number.ts';

/** What was typed for one preset, or for all of them. */
export interface TypedPace {
  readonly dwell: string;
  readonly speed: string;
}
export const noPace: TypedPace = { dwell: '', speed: '' };

/** Seconds from 3 to 3,600; null for nothing typed, undefined for anything else. */
export const dwellOf = (typed: string): number | null | undefined => wholeNumber(typed, 3, 3_600);
/** Whole per cent from 1 to 100; null for nothing typed, undefined for anything else. */
export const percentOf = (typed: string): number | null | undefined => wholeNumber(typed, 1, 100);

/** The steps of a tour: each preset's own pace, else that of all. Null where something typed is none, or nobody said how long. */
export function tourSteps(
  presets: readonly { readonly token: string }[],
  all: TypedPace,
  own: ReadonlyMap<string, TypedPace>,
): TourStep[] | null {
  const steps: TourStep[] = [];
  for (const { token } of presets) {
    const { dwell, speed } = own.get(token) ?? noPace;
    const dwellS = dwellOf(dwell.trim() === '' ? all.dwell : dwell);
    const percent = percentOf(speed.trim() === '' ? all.speed : speed);
    if (typeof dwellS !== 'number' || percent === undefined) return null;
    steps.push({ preset: token, dwellS, speed: percent === null ? null : percent / 100 });
  }
  return steps;
}
