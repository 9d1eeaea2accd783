import { useEffect, useState } from 'react';
import { type Camera, type CameraId, cameraIdSchema } from '../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../core/contract.ts';
import type { Client } from '../../core/rpc/client.ts';

/** `known`, and of these ids also those that main has to be asked about; what no directory has stays out. Asked once for each set of ids. */
export function useCamerasNamed(
  client: Pick<Client<DeedbanContract>, 'call'>,
  known: ReadonlyMap<CameraId, Camera>,
  ids: readonly CameraId[],
): ReadonlyMap<CameraId, Camera> {
  const [asked, setAsked] = useState<ReadonlyMap<CameraId, Camera>>(nothing);
  const missing = [...new Set(ids)].filter((id) => !known.has(id) && !asked.has(id)).sort();
  const key = missing.join('\n');
  useEffect(() => {
    if (key === '') return undefined;
    let gone = false;
    const wanted = key
      .split('\n')
      .slice(0, mostAsked)
      .map((id) => cameraIdSchema.parse(id));
    client.call('cameras.with-ids', { ids: wanted }).then(
      ({ cameras }) => {
        if (!gone && cameras.length > 0)
          setAsked((before) => new Map([...before, ...cameras.map((each) => [each.id, each] as const)]));
      },
      // Without an answer an id stands for its camera.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [client, key]);
  return asked.size === 0 ? known : new Map([...asked, ...known]);
}

const mostAsked = 1_000;
const nothing: ReadonlyMap<CameraId, Camera> = new Map();
