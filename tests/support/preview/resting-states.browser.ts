/** What main would say of a machine on which nothing was set up yet: one value for every state of the contract. */
export const restingStates: Readonly<Record<string, unknown>> = {
  'access.seat': { number: 1, role: 'technician', priority: 50, signedIn: false },
  'cameras.directory': { revision: 'pretend', count: 0, origin: 'demonstration-city' },
  'cameras.favourites': [],
  'cameras.groups': [],
  'cameras.problem': null,
  'cameras.refused': [],
  'displays.all': [],
  'displays.miniatures': [],
  'displays.window': { kind: 'wall', displayId: 'pretend', identify: null, miniatures: false },
  'host.about': {
    version: '0.0.0',
    abilities: { leave: true, kiosk: { on: false, enforced: [], notEnforced: [] } },
    notices: [],
  },
  'preferences.seat': { language: null, contrast: null, panels: null },
  'programmes.list': [],
  'programmes.next': null,
  'programmes.playing': null,
  'scenes.called': null,
  'scenes.list': [],
  'streams.gateway': { state: 'running', sinceUtcMs: Date.now() },
  'streams.limits': { mostHighStreams: 16, bandwidthKbps: null },
  'streams.sources': [],
  'streams.tiles': [],
  'wall.cameras': [],
  'wall.display': {
    displayId: 'pretend',
    layout: { columns: 1, rows: 1, cells: [{ column: 0, row: 0, columnSpan: 1, rowSpan: 1 }] },
    tiles: [{ content: { kind: 'empty' }, pinned: false, zoom: null, back: [], forward: [] }],
    enlarged: null,
    blank: false,
    arranged: false,
  },
  'wall.displays': [],
  'wall.history': { undo: 0, redo: 0 },
  'wall.selection': null,
};

const changed = { refusal: null, bySeat: null, pinned: [], left: 0 };

/** What main would answer when all is well; other calls are answered with an empty object. */
export const usualAnswers: Readonly<Record<string, unknown>> = {
  'cameras.with-ids': { cameras: [] },
  'cameras.with-number': { camera: null },
  'displays.describe': { refusal: null },
  'displays.forget': { refusal: null },
  'displays.show-elsewhere': { refusal: null },
  'displays.use': { refusal: null },
  'host.leave': { outcome: 'leaving' },
  'preferences.choose': { refusal: null },
  'scenes.call': { refusal: null, wall: changed },
  'streams.token': { token: 'pretend', livesMs: 60_000 },
  'wall.change': changed,
  'wall.redo': changed,
  'wall.undo': changed,
};
