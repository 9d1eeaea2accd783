import { peshawarWall, wallOf } from '../support/preview/peshawar.ts';

/** A saved scene of display `a` as main would tell it. */
export function sceneOf(number: number, name: string, more: Record<string, unknown> = {}) {
  return {
    id: `scene-${number}`,
    number,
    name,
    colour: 'none',
    ownerSeat: 1,
    locked: false,
    revision: 1,
    changedUtcMs: 1_795_000_000_000,
    changedBySeat: 1,
    displays: [
      {
        displayId: 'a',
        layout: wallOf('a', 2, 2, []).layout,
        contents: ['psh-201', 'psh-202', 'psh-203', 'psh-204'].map((camera) => ({ kind: 'camera', camera })),
      },
    ],
    ...more,
  };
}

/** The same without what it shows. */
export function summaryOf({ displays: _displays, ...scene }: ReturnType<typeof sceneOf>) {
  return { ...scene, displayCount: 1, cameraCount: 4 };
}

export const scenes = [
  sceneOf(1, 'Morning', { colour: 'sand' }),
  sceneOf(2, 'Processions', { colour: 'teal', locked: true }),
  sceneOf(3, 'Night, entry and exit points of the city', { colour: 'plum', ownerSeat: 4 }),
  sceneOf(12, 'جلوس، قصہ خوانی بازار', { colour: 'ochre' }),
];

export const programme = {
  id: 'rounds',
  number: 1,
  name: 'Evening rounds',
  revision: 3,
  ownerSeat: 1,
  changedUtcMs: 1_795_000_000_000,
  steps: [
    { scene: 'scene-1', dwellS: 30 },
    { scene: 'scene-3', dwellS: 120 },
    { scene: 'scene-12', dwellS: 3_600 },
  ],
};

export const playing = {
  programme: 'rounds',
  step: 1,
  paused: false,
  nextAtUtcMs: Date.now() + 90_000,
  leftMs: null,
  pinned: 2,
  notShown: false,
  missing: false,
  interrupted: null,
  startedBySeat: 4,
};

/** The console of a supervisor over a wall of two displays, with scenes and a programme. */
export function sceneDesk(more: Record<string, unknown> = {}): Record<string, unknown> {
  const values = peshawarWall(2, 2, 'console');
  const [own] = values['displays.all'] as Record<string, unknown>[];
  const known = (id: string, number: number, use: string) => ({
    ...own,
    id,
    number,
    name: `Glass ${number}`,
    use,
    primary: false,
  });
  const walls = [
    wallOf('a', 2, 2, ['psh-201', 'psh-202', 'psh-203', 'psh-204']),
    wallOf('b', 2, 2, ['psh-205', null, 'psh-206']),
  ];
  return {
    ...values,
    'displays.all': [known('a', 1, 'wall'), known('b', 2, 'wall'), known('desk', 3, 'console')],
    'displays.window': { kind: 'console', displayId: 'desk', identify: null, miniatures: false },
    'wall.displays': walls,
    'wall.display': walls[0],
    'wall.selection': { displayId: 'a', tile: 0 },
    'access.seat': { number: 1, role: 'supervisor', priority: 50, signedIn: false },
    'scenes.list': scenes.map(summaryOf),
    'scenes.called': { id: 'scene-1', changedSince: true },
    'programmes.list': [programme, { ...programme, id: 'two', number: 2, name: 'Gates' }],
    // From now, not from when the file was read: tests before this one take their time.
    'programmes.playing': { ...playing, nextAtUtcMs: Date.now() + 90_000 },
    ...more,
  };
}
