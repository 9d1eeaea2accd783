import type { WindowKind } from '../../../core/displays/displays.contract.ts';
import { gridLayout } from '../../../core/wall/layout.ts';

const places = [
  ['Khyber Bazar, gate 2', 'Khyber Bazar'],
  ['Qissa Khwani, east', 'Qissa Khwani Bazar'],
  ['Saddar Road, Fowara Chowk', 'Saddar'],
  ['University Road, arch', 'University Town'],
  ['GT Road, Haji Camp', 'Haji Camp'],
  ['Ring Road, Pishtakhara', 'Pishtakhara Chowk'],
  ['Kohat Road, exit', 'Kohat Adda'],
  ['Charsadda Road, bridge', 'Charsadda Road'],
  ['Bala Hisar, north wall', 'Bala Hisar'],
  ['Chowk Yadgar, square', 'Chowk Yadgar'],
  ['Hayatabad, phase 3 gate', 'Hayatabad'],
  ['Karkhano Market, entry', 'Karkhano'],
  ['Airport Road, barrier', 'Bacha Khan Airport'],
  ['Lady Reading Hospital, ramp', 'LRH'],
  ['Cantonment Station, platform', 'Peshawar Cantt'],
  ['Warsak Road, toll', 'Warsak Road'],
] as const;

const cameras = places.map(([name, site], index) => ({
  id: `psh-${201 + index}`,
  number: 201 + index,
  name,
  province: 'Khyber Pakhtunkhwa',
  district: 'Peshawar',
  site,
  position: null,
  kind: 'fixed',
  siteKind: null,
  tags: [],
  streams: ['main', 'sub'],
  simulated: true,
}));

/** One display of a wall that shows these cameras (null: an empty tile) in a plain grid. */
export function wallOf(displayId: string, columns: number, rows: number, shown: readonly (string | null)[]) {
  return {
    displayId,
    layout: gridLayout(columns, rows),
    tiles: Array.from({ length: columns * rows }, (_, index) => {
      const camera = shown[index] ?? null;
      const content = camera === null ? { kind: 'empty' } : { kind: 'camera', camera };
      return { content, pinned: false, zoom: null, back: [], forward: [] };
    }),
    enlarged: null,
    blank: false,
    arranged: false,
  };
}

/** Sixteen cameras, and a window of this kind on a wall of one display that shows them in a grid. */
export function peshawarWall(columns = 4, rows = 4, kind: WindowKind = 'wall'): Record<string, unknown> {
  const wall = wallOf(
    'preview',
    columns,
    rows,
    Array.from({ length: columns * rows }, (_, index) => cameras[index % cameras.length]?.id ?? null),
  );
  return {
    'cameras.directory': { revision: 'preview', count: cameras.length, origin: 'demonstration-city' },
    'displays.window': { kind, displayId: 'preview', identify: null, miniatures: false },
    'displays.all': [
      {
        id: 'preview',
        number: 1,
        name: 'Preview',
        connector: 'HDMI-1',
        bounds: { x: 0, y: 0, width: 1920, height: 1080 },
        scale: 1,
        primary: true,
        connected: true,
        use: kind,
        wish: 'auto',
        shownOn: null,
        wordScale: 1,
        wordScaleWish: null,
      },
    ],
    'wall.cameras': cameras,
    'wall.display': wall,
    'wall.displays': [wall],
  };
}
