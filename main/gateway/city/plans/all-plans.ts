import type { Plan } from '../plan.ts';
import { airportRoad } from './airport-road.ts';
import { balaHisar } from './bala-hisar.ts';
import { boardBazar } from './board-bazar.ts';
import { chamkaniToll } from './chamkani-toll.ts';
import { charsaddaRoad } from './charsadda-road.ts';
import { firdous } from './firdous.ts';
import { hayatabad } from './hayatabad.ts';
import { jamrudRoad } from './jamrud-road.ts';
import { karkhano } from './karkhano.ts';
import { khyberBazar } from './khyber-bazar.ts';
import { kohatRoad } from './kohat-road.ts';
import { qissaKhwani } from './qissa-khwani.ts';
import { ringRoad } from './ring-road.ts';
import { saddar } from './saddar.ts';
import { universityRoad } from './university-road.ts';
import { warsakRoad } from './warsak-road.ts';

/** What each camera of the demonstration city sees, by its id. */
export const plans: Readonly<Partial<Record<string, Plan>>> = {
  'demo-101': khyberBazar,
  'demo-102': qissaKhwani,
  'demo-103': saddar,
  'demo-104': universityRoad,
  'demo-105': hayatabad,
  'demo-106': ringRoad,
  'demo-107': chamkaniToll,
  'demo-108': balaHisar,
  'demo-109': charsaddaRoad,
  'demo-110': kohatRoad,
  'demo-111': warsakRoad,
  'demo-112': boardBazar,
  'demo-113': karkhano,
  'demo-114': jamrudRoad,
  'demo-115': airportRoad,
  'demo-116': firdous,
};
