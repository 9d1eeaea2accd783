import { type Camera, type CameraEntry, cameraIdSchema, type StreamAddress } from '../../../../core/cameras/camera.ts';
import { demoCity } from '../../../../core/cameras/demo-city.ts';
import { madeUpAddress, recordingAddress } from '../../../../core/cameras/sim-address.ts';
import {
  bannuPlaces,
  deraIsmailKhanPlaces,
  entryPoint,
  type Landmark,
  lakkiMarwatPlaces,
  landmarks,
  type PlaceName,
  peshawarPlaces,
} from './place-names.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

const province = 'Khyber Pakhtunkhwa';
/** How many cameras beside each of the city's show a recording of it. */
const recordingsOfEach = 3;

/** One part of the project: so many locations in a district, with so many cameras, numbered from `firstNumber`. */
interface Phase {
  readonly district: string;
  readonly urdu: string;
  readonly tag: string;
  readonly places: readonly PlaceName[];
  readonly locations: number;
  /** All cameras together; null: a few at each location, as it comes. */
  readonly cameras: number | null;
  readonly firstNumber: number;
  /** WGS 84; the locations lie within `reachKm` of it. */
  readonly middle: { readonly lat: number; readonly lon: number };
  readonly reachKm: number;
}

/** Khyber Pakhtunkhwa's Safe Cities Project: the locations and, for the first of it, the cameras are its figures. */
const phases: readonly Phase[] = [
  {
    ...{ district: 'Peshawar', urdu: 'پشاور', tag: 'phase 1', places: peshawarPlaces.slice(0, 30), locations: 125 },
    ...{ cameras: 710, firstNumber: 101, middle: { lat: 34.005, lon: 71.535 }, reachKm: 6 },
  },
  {
    ...{ district: 'Peshawar', urdu: 'پشاور', tag: 'phase 2', places: peshawarPlaces, locations: 600 },
    ...{ cameras: null, firstNumber: 1_001, middle: { lat: 33.985, lon: 71.55 }, reachKm: 13 },
  },
  {
    ...{ district: 'Dera Ismail Khan', urdu: 'ڈیرہ اسماعیل خان', tag: 'being installed', places: deraIsmailKhanPlaces },
    ...{ locations: 88, cameras: null, firstNumber: 6_001, middle: { lat: 31.832, lon: 70.902 }, reachKm: 6 },
  },
  {
    ...{ district: 'Bannu', urdu: 'بنوں', tag: 'being installed', places: bannuPlaces },
    ...{ locations: 76, cameras: null, firstNumber: 7_001, middle: { lat: 32.986, lon: 70.604 }, reachKm: 5 },
  },
  {
    ...{ district: 'Lakki Marwat', urdu: 'لکی مروت', tag: 'being installed', places: lakkiMarwatPlaces },
    ...{ locations: 47, cameras: null, firstNumber: 8_001, middle: { lat: 32.607, lon: 70.911 }, reachKm: 5 },
  },
];

interface Site {
  readonly name: string;
  readonly urdu: string;
  readonly kind: Landmark['kind'];
  readonly position: NonNullable<Camera['position']>;
}

const kmPerDegree = 111.2;

function near({ lat, lon }: Site['position'], km: number, random: SeededRandom): Site['position'] {
  const turn = random.next() * 2 * Math.PI;
  // The root spreads them evenly over the circle instead of heaping them up in its middle.
  const far = (Math.sqrt(random.next()) * km) / kmPerDegree;
  const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
  return {
    lat: round(lat + far * Math.sin(turn)),
    lon: round(lon + (far * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180)),
  };
}

/** The n-th location that a phase makes up: every quarter has its chowk before any has its bazar, so no name is there twice. */
function siteOf(phase: Phase, index: number, random: SeededRandom): Site {
  const [latin, urdu] = phase.places[index % phase.places.length] ?? ['Town'];
  const round = Math.floor(index / phase.places.length);
  const mark = index % 29 === 28 ? entryPoint : (landmarks[round % landmarks.length] ?? landmarks[0]);
  const name = latin.endsWith(mark.latin) ? latin : `${latin} ${mark.latin}`;
  // The second phase goes where the first has been, too; and there are more check posts than names for them.
  const code = phase.tag === 'phase 2' ? ` P2-${index + 1}` : mark === entryPoint ? ` ${index + 1}` : '';
  return {
    name: name + code,
    urdu: urdu === undefined ? mark.urdu : `${urdu} ${mark.urdu}`,
    kind: mark.kind,
    position: near(phase.middle, phase.reachKm, random),
  };
}

function siteOfCity({ site, position, siteKind, tags }: Camera): Site {
  return { name: site, urdu: tags[0] ?? '', kind: siteKind ?? 'other', position: position ?? { lat: 34, lon: 71.5 } };
}

const views = ['north', 'east', 'south', 'west', 'approach', 'footpath', 'crossing', 'far side', 'parking', 'overview'] as const;

const fewestShared = 4;

/** How many cameras each location gets: four to ten, and all of them together `total`. */
function share(total: number, locations: number, random: SeededRandom): number[] {
  const counts = Array.from({ length: locations }, () => fewestShared);
  for (let left = total - fewestShared * locations; left > 0; ) {
    const at = random.whole(0, locations - 1);
    if ((counts[at] ?? views.length) >= views.length) continue;
    counts[at] = (counts[at] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

/** A camera that is to be made: its location, and which one there it is. */
interface Place {
  readonly site: Site;
  readonly view: number;
  readonly address: StreamAddress;
}

function placesOf(phase: Phase, city: readonly CameraEntry[], random: SeededRandom): Place[] {
  const counts = phase.cameras === null ? null : share(phase.cameras, phase.locations, random);
  const recorded: Place[] = [];
  const others: Place[] = [];
  for (let index = 0; index < phase.locations; index++) {
    const host = city[index]?.camera;
    const site = host === undefined ? siteOf(phase, index - city.length, random) : siteOfCity(host);
    const count = counts?.[index] ?? random.whole(3, 7);
    // The city's own camera is the first of its location, and the next ones show recordings of it.
    for (let view = host === undefined ? 0 : 1; view < count; view++) {
      const isRecording = host !== undefined && view <= recordingsOfEach;
      if (isRecording) recorded.push({ site, view, address: recordingAddress(host.id, view - 1) });
      else others.push({ site, view, address: madeUpAddress });
    }
  }
  return [...recorded, ...others];
}

function cameraAt(phase: Phase, { site, view, address }: Place, number: number, random: SeededRandom): CameraEntry {
  const camera: Camera = {
    id: cameraIdSchema.parse(`demo-${number}`),
    number,
    name: `${site.name}, ${views[view] ?? 'view'} (made up)`,
    province,
    district: phase.district,
    site: site.name,
    position: near(site.position, 0.04, random),
    kind: random.next() < 0.2 ? 'ptz' : 'fixed',
    siteKind: site.kind,
    tags: [site.urdu, phase.urdu, phase.tag, address === madeUpAddress ? '' : 'recording'].filter((tag) => tag !== ''),
    streams: ['main'],
    simulated: true,
  };
  return { camera, addresses: { main: address } };
}

/**
 * The demonstration of the whole province: its 936 locations with their cameras (710 at the first 125), made up and the same each time. The
 * sixteen cameras of the city are the first of them; the next 48 show recordings; the others have no picture and say so.
 */
export function demoProvince(): CameraEntry[] {
  const random = createSeededRandom(1_947);
  return phases.flatMap((phase) => {
    const city = phase.tag === 'phase 1' ? demoCity() : [];
    const firstNumber = phase.firstNumber + city.length;
    const made = placesOf(phase, city, random).map((place, index) => cameraAt(phase, place, firstNumber + index, random));
    return [...city, ...made];
  });
}
