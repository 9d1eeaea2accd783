import { type CameraEntry, cameraIdSchema, type SiteKind, siteKinds } from '../../core/cameras/camera.ts';
import { exportCameras } from '../../main/features/cameras/export-cameras.ts';
import { landmarks, peshawarPlaces } from '../../main/features/cameras/province/place-names.ts';
import { createSeededRandom } from '../../main/features/cameras/province/seeded-random.ts';

const districts = ['Peshawar', 'Dera Ismail Khan', 'Bannu', 'Lakki Marwat', 'Karak', 'Tank', 'Kohat', 'Mardan', 'Swat'] as const;

/**
 * As many cameras as a test wants, the same for the same seed: five at a site, with names in two scripts, positions, tags and rtsp addresses at
 * which nothing stands (RFC 5737). Ids `c-1` …, numbers from 1.
 */
export function makeCameras(count: number, seed: number): CameraEntry[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, (_, index): CameraEntry => {
    const number = index + 1;
    const site = Math.floor(index / 5);
    const [latin, urdu] = peshawarPlaces[site % peshawarPlaces.length] ?? ['Town'];
    const landmark = landmarks[site % landmarks.length] ?? landmarks[0];
    const siteName = `${latin} ${landmark.latin} ${site + 1}`;
    const siteKind: SiteKind = siteKinds[site % siteKinds.length] ?? 'other';
    const host = `192.0.2.${index % 254}:${1_024 + (index % 60_000)}`;
    return {
      camera: {
        id: cameraIdSchema.parse(`c-${number}`),
        number,
        name: `${siteName}, ${['north', 'east', 'south', 'west', 'overview'][index % 5]}`,
        province: 'Khyber Pakhtunkhwa',
        district: districts[site % districts.length] ?? 'Peshawar',
        site: siteName,
        position: { lat: 31 + random.next() * 4, lon: 70 + random.next() * 3 },
        kind: random.next() < 0.2 ? 'ptz' : 'fixed',
        siteKind,
        tags: urdu === undefined ? [] : [`${urdu} ${landmark.urdu}`],
        streams: ['main', 'sub'],
        simulated: false,
      },
      addresses: {
        main: { scheme: 'rtsp', url: `rtsp://${host}/c${number}/main`, credentials: null },
        sub: { scheme: 'rtsp', url: `rtsp://${host}/c${number}/sub`, credentials: null },
      },
    };
  });
}

/** Such cameras as a file to import. */
export function cameraFile(entries: readonly CameraEntry[], format: 'csv' | 'json' | 'geojson'): Buffer {
  return Buffer.from([...exportCameras(entries, format)].join(''));
}
