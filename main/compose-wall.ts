import { randomUUID } from 'node:crypto';
import type { CamerasFeature } from './features/cameras/directory.ts';
import { createDisplaysFeature, type DisplaysFeature } from './features/displays/displays-feature.ts';
import { createMiniatures, type Miniatures } from './features/displays/miniatures.ts';
import { createProgrammesFeature, type ProgrammesFeature } from './features/programmes/programmes-feature.ts';
import { createScenesFeature, type ScenesFeature } from './features/scenes/scenes-feature.ts';
import { createStillsShelf, type StillsShelf } from './features/stills/stills-shelf.ts';
import { createWallFeature, type WallFeature } from './features/wall/wall-feature.ts';
import type { ProgramPorts } from './program-ports.ts';

export interface ComposedWall {
  readonly displays: DisplaysFeature;
  readonly miniatures: Miniatures;
  readonly wall: WallFeature;
  readonly scenes: ScenesFeature;
  readonly programmes: ProgrammesFeature;
  readonly stills: StillsShelf;
}

interface WallPorts
  extends Pick<ProgramPorts, 'clock' | 'log' | 'registry' | 'journal' | 'vault' | 'displays' | 'kiosk' | 'tiles'> {
  readonly directory: Pick<CamerasFeature, 'cameras' | 'entry' | 'whenKnown'>;
  /** Whether something else than the wall has that picture, too. */
  heldElsewhere(digest: string): Promise<boolean>;
}

/**
 * The displays and what is on them: by hand, by a scene, or by a programme, which pauses for who calls a scene by hand. What a display showed goes when it is forgotten, and
 * a still when neither wall nor scene reaches it: these meet here.
 */
export async function composeWall(ports: WallPorts): Promise<ComposedWall> {
  const { clock, log, registry, journal, directory } = ports;
  const camera = (id: string) => directory.entry(id)?.camera;
  const miniatures = createMiniatures({ clock });
  let forget = (displayId: string): void => void forgottenEarly.push(displayId);
  const forgottenEarly: string[] = [];
  const displays = createDisplaysFeature({
    clock,
    log: log.child('displays'),
    registry,
    displays: ports.displays,
    kiosk: ports.kiosk,
    miniatures: miniatures.miniatures,
    forgotten: (displayId) => forget(displayId),
  });
  await displays.ready;
  const wall = await createWallFeature({
    cameras: directory.cameras,
    camera,
    whenKnown: directory.whenKnown,
    displays: displays.walls,
    tiles: ports.tiles,
    registry,
    journal,
    log: log.child('wall'),
  });
  forget = (displayId) => void wall.forget(displayId);
  forgottenEarly.forEach(forget);
  const scenes: ScenesFeature = createScenesFeature({
    registry,
    clock,
    journal,
    log: log.child('scenes'),
    wall,
    newId: randomUUID,
    byHand: (call, show) => programmes.byHand(call, show),
    usesOf: (scene) => programmes.usesOf(scene),
  });
  const programmes: ProgrammesFeature = createProgrammesFeature({
    registry,
    clock,
    journal,
    log: log.child('programmes'),
    scenes,
    camera,
    displayOf: wall.displayOf,
    newId: randomUUID,
  });
  const stills = createStillsShelf({
    ...{ vault: ports.vault, registry, clock, journal },
    log: log.child('stills'),
    inReach: () => new Set([...wall.stillsInReach(), ...scenes.stills()]),
    heldElsewhere: ports.heldElsewhere,
  });
  return { displays, miniatures, wall, scenes, programmes, stills };
}
