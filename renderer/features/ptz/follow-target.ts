import type { CameraId } from '../../../core/cameras/camera.ts';
import { includesRole } from '../../../core/access/role.ts';
import { type PtzFacts, ptzTarget } from '../../../core/ptz/ptz-target.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { ValueOf } from '../../../core/rpc/define.ts';
import { say } from '../../ui/notice.ts';
import type { PtzClient } from './ptz-client.ts';
import { ptzView } from './ptz-view.ts';
import { createSteeringDesk } from './steering-desk.ts';

type Followed =
  | 'wall.selection'
  | 'wall.displays'
  | 'wall.cameras'
  | 'access.seat'
  | 'ptz.leases'
  | 'ptz.abilities'
  | 'ptz.troubles';
type Told = { readonly [K in Followed]?: ValueOf<DeedbanContract, K> };

/**
 * Keeps the target of this window's hands: the selected tile's camera, what it can do, and who holds it. Outside of React, so that a key
 * waits for nothing that is drawn. Returns the way to stop, which stops the camera too.
 */
export function followTarget(client: PtzClient, window: Window): () => void {
  const desk = createSteeringDesk(client);
  let told: Told = {};
  let read: string | null = null;
  let unasked: PtzFacts['unasked'] = null;
  ptzView.setState({ desk, readAgain });

  function facts(): PtzFacts {
    const selection = told['wall.selection'] ?? null;
    const display = told['wall.displays']?.find(({ displayId }) => displayId === selection?.displayId);
    return {
      selection,
      tile: (selection && display?.tiles[selection.tile]) ?? null,
      cameras: told['wall.cameras'] ?? [],
      seat: told['access.seat']?.number ?? null,
      leases: told['ptz.leases'] ?? [],
      abilities: told['ptz.abilities'] ?? [],
      troubles: told['ptz.troubles'] ?? [],
      unasked,
    };
  }

  function look(): void {
    const role = told['access.seat']?.role;
    const mayCommand = role !== undefined && includesRole(role, 'operator');
    if (ptzView.getState().mayCommand !== mayCommand) ptzView.setState({ mayCommand });
    const next = ptzTarget(facts());
    const before = ptzView.getState().target;
    // Equal is the same: what is drawn from it is drawn anew only where it says something else.
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    desk.aim(next);
    const isOther = before?.camera.id !== next?.camera.id;
    // What failed and was forgotten by main may go otherwise now: its address or password was changed.
    if (!isOther && before?.failure && next?.failure === null && isUnknown(next.camera.id)) read = null;
    ptzView.setState({ target: next, ...(isOther ? { presets: null } : {}) });
    if (next === null || next.abilities === null) {
      if (next !== null && read !== next.camera.id) {
        read = next.camera.id;
        readAbilities(next.camera.id);
      }
      if (next === null) read = null;
      return;
    }
    // Forgotten by main, they are read again.
    read = null;
    if (ptzView.getState().presets === null && next.abilities.mostPresets > 0 && (isOther || before?.abilities === null))
      void readPresets(client);
  }

  const isUnknown = (camera: CameraId): boolean =>
    unasked === null && !(told['ptz.abilities'] ?? []).some((fact) => fact.camera === camera);

  /** Asks the target once more what it can do, where that failed. */
  function readAgain(): void {
    const { target } = ptzView.getState();
    if (target === null || target.abilities !== null) return;
    read = target.camera.id;
    readAbilities(target.camera.id);
    ptzView.setState({ target: ptzTarget(facts()) });
  }

  function readAbilities(camera: CameraId): void {
    unasked = null;
    client.call('ptz.read', { camera }).then(
      ({ refusal }) => {
        // What was asked and failed is in the state of abilities.
        if (refusal === null || read !== camera) return;
        unasked = { camera, refusal };
        look();
      },
      () => {},
    );
  }

  function follow(name: Followed): () => void {
    return client.watch(name, (value) => {
      told = { ...told, [name]: value };
      look();
    });
  }

  const letGo = (): void => desk.letGo();
  const onVisibility = (): void => {
    if (window.document.visibilityState === 'hidden') desk.letGo();
  };
  // A key or a button released over another window is not told: without focus nothing is held.
  window.addEventListener('blur', letGo);
  window.addEventListener('pagehide', letGo);
  window.document.addEventListener('visibilitychange', onVisibility);
  const stops = [
    follow('wall.selection'),
    follow('wall.displays'),
    follow('wall.cameras'),
    follow('access.seat'),
    follow('ptz.leases'),
    follow('ptz.abilities'),
    follow('ptz.troubles'),
    // Another seat named one, or a picture of one has come.
    client.listen('ptz.presets-changed', ({ camera }) => {
      if (ptzView.getState().target?.camera.id === camera && ptzView.getState().presets !== null) void readPresets(client);
    }),
    client.listen('cameras.credentials-changed', ({ cameras }) => {
      const id = ptzView.getState().target?.camera.id;
      if (id !== undefined && cameras.includes(id)) readAgain();
    }),
    client.listen('ptz.lost', ({ camera, to }) => {
      const { target } = ptzView.getState();
      if (target?.camera.id === camera) desk.letGo();
      const number = told['wall.cameras']?.find(({ id }) => id === camera)?.number ?? camera;
      // Of a camera that was simply not touched any more nobody has to be told.
      if (to !== null) say((t) => t('ptz.lost-to', { number, seat: to.seat }), 'attention');
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('blur', letGo);
    window.removeEventListener('pagehide', letGo);
    window.document.removeEventListener('visibilitychange', onVisibility);
    desk.close();
    ptzView.setState({ desk: null, readAgain: null, target: null, presets: null });
  };
}

/** Reads the target's presets anew. */
export async function readPresets(client: Pick<PtzClient, 'call'>): Promise<void> {
  const camera = ptzView.getState().target?.camera.id;
  if (camera === undefined) return;
  try {
    const { presets, refusal } = await client.call('ptz.presets', { camera });
    if (refusal === null && ptzView.getState().target?.camera.id === camera) ptzView.setState({ presets });
  } catch {
    // The panel says that they are not known, and offers to read them again.
  }
}
