import type { CameraId } from '../../../core/cameras/camera.ts';
import type { RingClaims } from '../../../core/rewind/ring-rules.ts';
import type { WallClient } from './wall-client.ts';

/** What speaks for a camera, whatever tile shows it. */
export type CameraClaims = Pick<RingClaims, 'flagged' | 'steered' | 'rewound'>;

/** Follows which cameras are steered, looked back at, or of an open incident, by whomever. `onChange`: of another camera than before. */
export function followCameraClaims(
  client: Pick<WallClient, 'watch'>,
  onChange: () => void,
): { of(camera: CameraId): CameraClaims; stop(): void } {
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
    of: (camera) => ({ flagged: flagged.has(camera), steered: steered.has(camera), rewound: rewound.has(camera) }),
    stop() {
      for (const stop of stops) stop();
    },
  };
}
