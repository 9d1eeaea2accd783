/** Units a dwell is typed in, with their seconds. */
export const dwellUnits = { seconds: 1, minutes: 60, hours: 3_600 } as const;
export type DwellUnit = keyof typeof dwellUnits;

/** A dwell as it is typed. */
export interface TypedDwell {
  readonly amount: string;
  readonly unit: DwellUnit;
}

/** In the largest unit that says it in whole numbers: 90 s, 2 min, 1 h. */
export function typedDwell(dwellS: number): TypedDwell {
  const unit: DwellUnit = dwellS % 3_600 === 0 ? 'hours' : dwellS % 60 === 0 ? 'minutes' : 'seconds';
  return { amount: String(dwellS / dwellUnits[unit]), unit };
}

/** Seconds from 5 to 86,400; null for anything else. */
export function dwellOf({ amount, unit }: TypedDwell): number | null {
  if (!/^\d{1,5}$/.test(amount.trim())) return null;
  const seconds = Number(amount.trim()) * dwellUnits[unit];
  return seconds >= 5 && seconds <= 86_400 ? seconds : null;
}
