import { type WayFact, wayField, writeWay } from '../../../core/streams/way-fact.ts';

/** What an answer tells a window of the way its session goes by; nothing where there is only one. */
export function wayFields(fact: WayFact | null): Record<string, string> {
  return fact === null ? {} : { [wayField]: writeWay(fact) };
}
