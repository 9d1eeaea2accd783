import type { DecoderProbePorts } from '../media/decoder-probe.ts';
import type { DeedbanClient } from './client.ts';

/**
 * Has one window of this program ask the browser what it decodes with: main says whether it was told already. While main is not there a window asks by itself.
 * @param browser what the browser calls itself (`navigator.userAgent`)
 */
export function createDecoderQuestions(client: Pick<DeedbanClient, 'call'>, browser: string): DecoderProbePorts['once'] {
  return async (kind, lost, ask) => {
    const answer = await client.call('streams.decoder', { browser: browser.slice(0, 512), ...kind, lost }).catch(() => null);
    if (answer?.what === 'known') return answer.decoder;
    const decoder = await ask();
    if (answer) client.call('streams.decoder-found', { ticket: answer.ticket, decoder }).catch(() => {});
    return decoder;
  };
}
