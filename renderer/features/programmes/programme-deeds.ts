import type { DeedbanContract } from '../../../core/contract.ts';
import type { ProgrammeId, programmesRefusals } from '../../../core/programmes/programmes.contract.ts';
import { say } from '../../ui/notice.ts';
import { presentOf } from '../../../core/rpc/present-of.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { ProgrammesClient } from './programmes-client.ts';

type Asks = Pick<ProgrammesClient, 'call'>;
type Refusal = (typeof programmesRefusals)[number];

/** Says why nothing was done with a programme. */
export function sayProgrammeRefusal(refusal: Refusal): void {
  say((t) => t(`programme-refusal.${refusal}`), 'attention');
}

async function told(answer: Promise<{ readonly refusal: Refusal | null }>): Promise<void> {
  try {
    const { refusal } = await answer;
    if (refusal !== null) sayProgrammeRefusal(refusal);
  } catch (error) {
    sayFault(error);
  }
}

export const startProgramme = (client: Asks, id: ProgrammeId): Promise<void> => told(client.call('programmes.start', { id }));
export const pauseProgramme = (client: Asks, paused: boolean): Promise<void> => told(client.call('programmes.pause', { paused }));
export const skipProgramme = (client: Asks, by: 1 | -1): Promise<void> => told(client.call('programmes.skip', { by }));
export const stopProgramme = (client: Asks): Promise<void> => told(client.call('programmes.stop', {}));

/** Pauses what plays, or goes on with what is paused. */
export async function turnProgramme(client: ProgrammesClient): Promise<void> {
  const playing = await presentOf<DeedbanContract, 'programmes.playing'>(client, 'programmes.playing');
  if (playing === null) sayProgrammeRefusal('not-playing');
  else await pauseProgramme(client, !playing.paused);
}
