import { useCallback, useMemo } from 'react';
import type { AuditLine } from '../../../core/audit/audit-line.ts';
import { type Camera, type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useCamerasNamed } from '../../ui/use-cameras-named.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { AuditClient } from './audit-client.ts';
import type { AuditNames } from './audit-line-text.ts';

const none: ReadonlyMap<CameraId, Camera> = new Map();

/** What the cameras and displays of these lines are called. */
export function useAuditNames(client: AuditClient, lines: readonly AuditLine[]): AuditNames {
  const ids = useMemo(() => [...new Set(lines.flatMap(({ cameras }) => cameras))], [lines]);
  const named = useCamerasNamed(client, none, ids);
  const displays = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all');
  const camera = useCallback(
    (id: string) => {
      const known = named.get(cameraIdSchema.parse(id));
      return known ? `${known.number} ${known.name}` : id;
    },
    [named],
  );
  const display = useCallback((id: string) => String(displays?.find((each) => each.id === id)?.number ?? id), [displays]);
  return useMemo(() => ({ camera, display }), [camera, display]);
}
