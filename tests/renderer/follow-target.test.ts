import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import { followTarget } from '../../renderer/features/ptz/follow-target.ts';
import type { PtzClient } from '../../renderer/features/ptz/ptz-client.ts';
import { ptzView } from '../../renderer/features/ptz/ptz-view.ts';
import { notices, unsay } from '../../renderer/ui/notice.ts';
import { allAbilities, cameraId } from '../ptz/ptz-set-up.ts';
import { wallOf } from '../support/preview/peshawar.ts';

const cameras = [1, 2, 3].map((number) =>
  cameraSchema.parse({
    ...{ id: `c${number}`, number, name: `Camera ${number}`, district: '', site: '', position: null },
    ...{ kind: number === 3 ? 'fixed' : 'ptz', streams: ['main'], simulated: false },
  }),
);
const plain = displayWallSchema.parse(wallOf('d', 2, 2, []));
const wall = {
  ...plain,
  tiles: plain.tiles.map((tile, at) => {
    const camera = cameras[at];
    return camera ? { ...tile, content: { kind: 'camera' as const, camera: camera.id } } : tile;
  }),
};

let told: string[];
let page: EventTarget & { readonly document: EventTarget & { visibilityState: string } };
let stop: () => void;
let tell: (name: string, value: unknown) => void;

beforeEach(() => {
  unsay();
  told = [];
  const listeners = new Map<string, (value: unknown) => void>();
  const listen = (name: string, listener: (value: unknown) => void) => {
    listeners.set(name, listener);
    return () => listeners.delete(name);
  };
  const call = async (name: string, { camera }: { readonly camera: string }) => {
    told.push(`${name} ${camera}`);
    if (name === 'ptz.read' && camera === 'c2') return { refusal: 'no-control', heldBy: null };
    return name === 'ptz.presets'
      ? { refusal: null, presets: [{ token: 'a', name: 'gate', number: 3, locked: false, picture: null }] }
      : { refusal: null, heldBy: null, position: null };
  };
  tell = (name, value) => listeners.get(name)?.(value);
  page = Object.assign(new EventTarget(), { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) });
  stop = followTarget({ call, watch: listen, listen } as unknown as PtzClient, page as unknown as Window);
  tell('access.seat', { number: 1, role: 'operator', priority: 50, signedIn: false });
  tell('wall.displays', [wall]);
  tell('wall.cameras', cameras);
});
afterEach(() => stop());

const select = (tile: number) => tell('wall.selection', { displayId: 'd', tile });
const known = (...ids: readonly string[]) =>
  tell(
    'ptz.abilities',
    ids.map((camera) => ({ camera, state: 'known', abilities: allAbilities })),
  );
const moves = () => told.filter((each) => /^ptz\.(move|stop)/.test(each));
const press = () => ptzView.getState().desk?.key('left', true);

it('says why a camera was not even asked what it can do, and asks again when it is selected again', async () => {
  select(1);
  await expect.poll(() => ptzView.getState().target?.failure).toBe('no-control');
  select(0);
  expect(ptzView.getState().target?.failure).toBeNull();
  select(1);
  await expect.poll(() => told.filter((each) => each === 'ptz.read c2').length).toBe(2);
});

it('asks again by itself what a selected camera can do when its password was unlocked or changed, and when it is asked to', async () => {
  const reads = () => told.filter((each) => each === 'ptz.read c2').length;
  select(1);
  await expect.poll(() => ptzView.getState().target?.failure).toBe('no-control');
  tell('cameras.credentials-changed', { cameras: ['c1'] });
  expect(reads()).toBe(1);
  tell('cameras.credentials-changed', { cameras: ['c1', 'c2'] });
  expect(reads()).toBe(2);
  ptzView.getState().readAgain?.();
  expect(reads()).toBe(3);
  // Main was told another address or password, and has forgotten what failed.
  tell('ptz.abilities', [{ camera: 'c2', state: 'failed', problem: 'unreachable' }]);
  tell('ptz.abilities', []);
  expect(reads()).toBe(4);
  known('c2');
  tell('cameras.credentials-changed', { cameras: ['c2'] });
  expect(reads()).toBe(4);
});

describe('what hands act on', () => {
  it('is the selected camera: asked once what it can do, and then for its presets', async () => {
    select(0);
    expect(ptzView.getState().target).toMatchObject({ camera: { number: 1 }, abilities: null, mine: false });
    tell('ptz.troubles', []);
    known('c1');
    await expect.poll(() => ptzView.getState().presets).toHaveLength(1);
    expect(told.filter((each) => /read|presets/.test(each))).toEqual(['ptz.read c1', 'ptz.presets c1']);
  });

  it('is nothing where the selected camera stands still by nature', () => {
    select(2);
    expect(ptzView.getState().target).toBeNull();
    press();
    expect(told).toEqual([]);
  });

  it.each<readonly [string, () => void]>([
    ['another tile is selected', () => select(1)],
    ['another camera comes into the tile', () => tell('wall.displays', [plain])],
    ['the window loses the focus', () => page.dispatchEvent(new Event('blur'))],
    ['the window goes away', () => page.dispatchEvent(new Event('pagehide'))],
    [
      'the window is hidden',
      () => {
        page.document.visibilityState = 'hidden';
        page.document.dispatchEvent(new Event('visibilitychange'));
      },
    ],
    ['the camera is lost', () => tell('ptz.lost', { camera: cameraId('c1'), to: { seat: 2, priority: 90 } })],
    ['nobody listens any more', () => stop()],
  ])('stops when %s', (_, happens) => {
    select(0);
    known('c1', 'c2');
    press();
    happens();
    expect(moves()).toEqual(['ptz.move c1', 'ptz.stop c1']);
  });

  it('tells the one who lost it to whom, and nobody of a camera that was not touched any more', () => {
    select(0);
    tell('ptz.lost', { camera: 'c1', to: null });
    expect(notices.getState().list).toEqual([]);
    tell('ptz.lost', { camera: 'c1', to: { seat: 2, priority: 90 } });
    expect(notices.getState().list[0]?.words(((key: string, more: object) => `${key} ${JSON.stringify(more)}`) as never)).toBe(
      'ptz.lost-to {"number":1,"seat":2}',
    );
  });

  it('is named as this seat’s own while it holds it', () => {
    select(0);
    const lease = { camera: 'c1', by: { seat: 1, priority: 50 }, reserved: false, sinceUtcMs: 0, moving: false };
    tell('ptz.leases', [lease]);
    expect(ptzView.getState().target).toMatchObject({ mine: true, lease });
    tell('ptz.leases', [{ ...lease, by: { seat: 2, priority: 60 } }]);
    expect(ptzView.getState().target?.mine).toBe(false);
  });
});
