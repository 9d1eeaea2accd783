import type { CameraId } from '../../../core/cameras/camera.ts';
import { ringImportance } from '../../../core/rewind/ring-rules.ts';
import type { TileConcern } from './wall-quality.ts';
import type { WallClient } from './wall-client.ts';

/** How important it is that a camera's pictures stay in memory. */
export interface RingMatter {
  /** `concern`: of the tile that shows it; null: none does. */
  of(camera: CameraId, concern: Pick<TileConcern, 'pinned' | 'selected' | 'whole'> | null): number;
  stop(): void;
}

/** Follows which cameras are steered, looked back at, or of an open incident. `onChange`: of another camera than before. */
export function followRingMatter(client: Pick<WallClient, 'watch'>, onChange: () => void): RingMatter {
  let flagged: ReadonlySet<CameraId> = new Set();
  let steered: ReadonlySet<CameraId> = new Set();
  let rewound: ReadonlySet<CameraId> = new Set();
  const stops = [
    client.watch('incidents.open', (incidents) => {
      flagged = new Set(incidents.flatMap(({ cameras }) => cameras));
      onChange();
    }),
    client.watch('ptz.leases', (leases) => {
      steered = new Set(leases.map(({ camera }) => camera));
      onChange();
    }),
    client.watch('rewind.tiles', (tiles) => {
      rewound = new Set(tiles.map(({ camera }) => camera));
      onChange();
    }),
  ];
  return {
    of: (camera, concern) =>
      ringImportance({
        flagged: flagged.has(camera),
        rewound: rewound.has(camera),
        steered: steered.has(camera),
        selected: concern !== null && (concern.selected || concern.whole),
        pinned: concern?.pinned ?? false,
      }),
    stop() {
      for (const stop of stops) stop();
    },
  };
}
