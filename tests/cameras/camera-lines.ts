import type { SlicedWork } from '../../main/features/cameras/in-slices.ts';
import { type CameraFileKind, parseCameraFile, type ReadCameras } from '../../main/features/cameras/parse-camera-file.ts';

/** All of a piece of work at once. */
export function finish<T>(work: SlicedWork<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
/** What is read from a file's bytes; of what was refused the first 200. */
export const readFile = (bytes: Buffer, kind: CameraFileKind, name: string) => finish(parseCameraFile(bytes, kind, name, 200));

export const header = 'id,number,name,district,site,lat,lon,kind,main,sub';
/** A line in which nothing is wrong, and what is read from it. */
export const good =
  'pes-214,214,"Khyber Bazar, gate 2",Peshawar,Khyber Bazar,34.0123,71.5678,PTZ,rtsp://u:p@192.0.2.1/main,rtsp://u:p@192.0.2.1/sub';
export const csv = (...lines: readonly string[]) => readFile(Buffer.from([header, ...lines].join('\n')), 'csv', 'cameras.csv');
export const json = (content: unknown) => readFile(Buffer.from(JSON.stringify(content)), 'json', 'cameras.json');
/** A good line with some fields of the test's own. */
export const line = (fields: Partial<Record<string, string>>) => {
  const all: Record<string, string> = {
    id: 'a',
    number: '1',
    name: 'A',
    district: '',
    site: '',
    lat: '',
    lon: '',
    kind: 'fixed',
    main: 'rtsp://h/x',
    sub: '',
  };
  return header
    .split(',')
    .map((field) => fields[field] ?? all[field])
    .join(',');
};
export const ids = (read: ReadCameras) => read.entries.map((entry) => entry.camera.id);

export const goodEntry = {
  camera: {
    id: 'pes-214',
    number: 214,
    name: 'Khyber Bazar, gate 2',
    province: '',
    district: 'Peshawar',
    site: 'Khyber Bazar',
    position: { lat: 34.0123, lon: 71.5678 },
    kind: 'ptz',
    siteKind: null,
    tags: [],
    streams: ['main', 'sub'],
    simulated: false,
  },
  addresses: {
    main: { scheme: 'rtsp', url: 'rtsp://192.0.2.1/main', credentials: { user: 'u', password: 'p' } },
    sub: { scheme: 'rtsp', url: 'rtsp://192.0.2.1/sub', credentials: { user: 'u', password: 'p' } },
  },
};
