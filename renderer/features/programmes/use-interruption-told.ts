import { useEffect } from 'react';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Playing } from '../../../core/programmes/programmes.contract.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { say } from '../../ui/notice.ts';
import { presentOf } from '../../../core/rpc/present-of.ts';
import type { ProgrammesClient } from './programmes-client.ts';

/** Tells the seat that started a programme, at its desk, when a scene that was called by hand has paused it. */
export function useInterruptionTold(client: ProgrammesClient): void {
  const { seat, windowKind } = useCommandContext();
  const own = windowKind === 'console' || windowKind === 'shared' ? seat?.number : undefined;
  useEffect(() => {
    if (own === undefined) return;
    let before: Playing | null | undefined;
    return client.watch('programmes.playing', (playing) => {
      const news = before !== undefined && isInterruption(before, playing) ? playing : null;
      before = playing;
      if (news === null || news.startedBySeat !== own) return;
      void tell(client, news);
    });
  }, [client, own]);
}

/** What was so when the window opened is no news. */
function isInterruption(before: Playing | null, now: Playing | null): boolean {
  const [was, is] = [before?.interrupted ?? null, now?.interrupted ?? null];
  return is !== null && (was?.bySeat !== is.bySeat || was.sceneNumber !== is.sceneNumber);
}

async function tell(client: ProgrammesClient, { programme, interrupted }: Playing): Promise<void> {
  const programmes = await presentOf<DeedbanContract, 'programmes.list'>(client, 'programmes.list');
  const number = programmes.find(({ id }) => id === programme)?.number ?? 0;
  if (interrupted === null) return;
  const { bySeat, sceneNumber } = interrupted;
  say((t) => t('programmes.interrupted-told', { number, seat: bySeat, scene: sceneNumber }), 'attention');
}
