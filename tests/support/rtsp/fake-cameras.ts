import { afterEach } from 'vitest';
import type { Credentials } from '../../../core/cameras/camera.ts';
import type { FakeBehaviour, FakeRtspServer } from './fake-rtsp-server.ts';
import { startFakeRtspServer } from './fake-rtsp-server.ts';
import type { ManualClock } from './manual-clock.ts';
import { createManualClock } from './manual-clock.ts';
import type { RecordedSource } from './recorded-source.ts';
import { recordSource, until } from './recorded-source.ts';

export const operatorCredentials = { user: 'operator', password: 'planted-secret' } as const;

/** Starts fake cameras and opens sources for the tests of one file; what a test leaves open is closed behind it. */
export function useFakeCameras() {
  const cleanups: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return {
    async fake(overrides: Readonly<Record<string, FakeBehaviour>> = {}): Promise<FakeRtspServer> {
      const server = await startFakeRtspServer(overrides);
      cleanups.push(() => server.close());
      return server;
    },
    open(
      server: { readonly url: string },
      credentials: Credentials | null = null,
    ): RecordedSource & { readonly clock: ManualClock } {
      const clock = createManualClock();
      const recorded = recordSource(clock, server.url, credentials);
      cleanups.push(() => recorded.source.close());
      return { ...recorded, clock };
    },
  };
}

/** The methods a server was asked, in their order; answers of the client count as `RTSP/1.0`. */
export function methodsOf(server: FakeRtspServer): readonly string[] {
  return server.requests.map(({ method }) => method);
}

/** As `until`, and lets a little time pass while it waits: for sources that listen for a while before they answer a challenge. */
export function untilInTime(clock: ManualClock, condition: () => boolean): Promise<void> {
  return until(() => {
    clock.advance(5);
    return condition();
  });
}
