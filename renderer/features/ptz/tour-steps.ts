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

/** A tour as it would have been typed: which presets are left out, what holds for all, and what for one. Of presets that are gone nothing is left. */
export function typedTour(
  steps: readonly TourStep[],
  presets: readonly { readonly token: string }[],
): { readonly left: ReadonlySet<string>; readonly all: TypedPace; readonly own: ReadonlyMap<string, TypedPace> } {
  const dwellS = steps[0]?.dwellS ?? 10;
  const own = steps.map(({ preset, ...step }): [string, TypedPace] => [
    preset,
    {
      dwell: step.dwellS === dwellS ? '' : String(step.dwellS),
      speed: step.speed === null ? '' : String(Math.round(step.speed * 100)),
    },
  ]);
  const isIn = new Set(steps.map(({ preset }) => preset));
  return {
    left: new Set(presets.flatMap(({ token }) => (isIn.has(token) ? [] : token))),
    all: { dwell: String(dwellS), speed: '' },
    own: new Map(own),
  };
}
