import type { CameraId } from '../../../core/cameras/camera.ts';
import type { ptzContract, PtzOutcome, PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import type { PtzPosition } from '../../../core/ptz/velocity.ts';
import type { ValueOf } from '../../../core/rpc/define.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import { ControlProblem } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Door } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import type { Vault } from '../../ports/vault.ts';
import { createCameraPresets } from './camera-presets.ts';
import { createPictureWishes } from './picture-wishes.ts';
import { createPresetPictures } from './preset-pictures.ts';
import { createPresetPicturesDoor } from './preset-pictures-door.ts';
import { answered, lockedProblem } from './refusal.ts';
import type { SteeredCamera } from './steered-camera.ts';

type Calls = Feature<typeof ptzContract>['calls'];
type Changed = ValueOf<typeof ptzContract, 'ptz.presets-changed'>;

export interface PresetCallsPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly vault: Vault;
  get(camera: CameraId): SteeredCamera | undefined;
  opened(camera: CameraId): Promise<SteeredCamera | PtzOutcome>;
  /** One question to a camera that this session's seat holds, or now takes. */
  asking(camera: CameraId, session: Session, ask: (steered: SteeredCamera) => Promise<unknown>): Promise<PtzOutcome>;
}

/** What the contract says of presets: the camera's own, what people call them, and what was to be seen there. */
export interface PresetCalls {
  readonly ready: Promise<void>;
  readonly door: Door;
  readonly calls: Pick<Calls, 'ptz.presets' | 'ptz.save-preset' | 'ptz.describe-preset' | 'ptz.delete-preset'>;
  readonly states: Pick<Feature<typeof ptzContract>['states'], 'ptz.pictures-wanted'>;
  readonly events: Pick<Feature<typeof ptzContract>['events'], 'ptz.presets-changed'>;
  /** An order to move was given. */
  moved(camera: CameraId): void;
  close(): void;
}

const done: PtzOutcome = { refusal: null, heldBy: null };
const refused = (refusal: PtzRefusal): PtzOutcome => ({ refusal, heldBy: null });

export function createPresetCalls(ports: PresetCallsPorts): PresetCalls {
  const { log, opened, asking } = ports;
  const presets = createCameraPresets(ports);
  const pictures = createPresetPictures(ports);
  const wishes = createPictureWishes({ clock: ports.clock, position });
  const readers = new Set<(changed: Changed) => void>();

  /** Null: it does not say, or cannot be asked. */
  async function position(camera: CameraId): Promise<PtzPosition | null> {
    try {
      return (await ports.get(camera)?.control.position()) ?? null;
    } catch (error) {
      if (error instanceof ControlProblem) return null;
      throw error;
    }
  }

  function tell(camera: CameraId): void {
    for (const reader of readers) reader({ camera });
  }

  /** A picture is a kindness: without it a preset is saved, named and deleted too. */
  async function kindly(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      log.warn('Pictures of presets could not be kept', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    ready: Promise.all([presets.ready, pictures.ready]).then(() => {}),
    door: createPresetPicturesDoor({ pictures, wishes, log, onKept: ({ camera }) => tell(camera) }),
    calls: {
      async 'ptz.presets'({ camera }) {
        const steered = await opened(camera);
        if ('refusal' in steered) return { refusal: steered.refusal, presets: [] };
        const described = steered.control.presets().then(async (own) => {
          // Some cameras answer with none while they start.
          if (own.length > 0) await kindly(pictures.keepOnly(camera, new Set(own.map(({ token }) => token))));
          const all = await presets.described(camera, own);
          return all.map((preset) => ({ ...preset, picture: pictures.digestOf(camera, preset.token) }));
        });
        return answered(described, (all) => ({ refusal: null, presets: all }), { presets: [] });
      },
      async 'ptz.save-preset'({ camera, token, name }, { session }) {
        let saved: string | null = null;
        const outcome = await asking(camera, session, async ({ control }) => {
          if (token !== null && presets.isLocked(camera, token)) throw lockedProblem;
          const given = await control.savePreset(name, token);
          saved = given;
          // Before anybody can see the old picture beside the new place.
          await kindly(pictures.forget(camera, given));
          tell(camera);
          void kindly(wishes.saved(camera, given));
        });
        return { ...outcome, token: saved };
      },
      async 'ptz.describe-preset'({ camera, ...preset }) {
        const refusal = await presets.describe(camera, preset);
        if (refusal !== null) return refused(refusal);
        tell(camera);
        return done;
      },
      'ptz.delete-preset': ({ camera, token }, { session }) =>
        asking(camera, session, async ({ control }) => {
          if (presets.isLocked(camera, token)) throw lockedProblem;
          await control.deletePreset(token);
          wishes.drop(camera, token);
          await kindly(pictures.forget(camera, token));
          await presets.forget(camera, token);
          tell(camera);
        }),
    },
    states: { 'ptz.pictures-wanted': () => wishes.list },
    events: {
      'ptz.presets-changed'(_session, listener) {
        // One listener that subscribes twice is told twice.
        const reader = (changed: Changed): void => listener(changed);
        readers.add(reader);
        return () => readers.delete(reader);
      },
    },
    moved: (camera) => wishes.moved(camera),
    close() {
      wishes.close();
      pictures.close();
      presets.close();
    },
  };
}
