import type { PlayoutDelay } from '../rtp/playout-delay.ts';

const uri = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const longestMs = 40_950;

/**
 * What an offer asks for with `a=x-deedban-playout:<least>-<most>` (ms); null where it does not ask, or cannot be told. Every browser offers
 * the extension, but only a viewer which keeps its own watch over jitter is helped by pictures that do not wait.
 *
 * @param lines of the video section
 */
export function askedPlayoutDelay(lines: readonly string[]): PlayoutDelay | null {
  const asked = lines.map((line) => /^a=x-deedban-playout:(\d{1,5})-(\d{1,5})$/.exec(line)).find((match) => match !== null);
  const extension = lines.map((line) => extensionLine.exec(line)).find((match) => match !== null);
  const [minMs, maxMs, id] = [Number(asked?.[1]), Number(asked?.[2]), Number(extension?.[1])];
  if (!asked || !extension || id < 1 || id > 14 || minMs > maxMs || maxMs > longestMs) return null;
  return { id, minMs, maxMs };
}

const extensionLine = new RegExp(`^a=extmap:(\\d+)(?:/(?:sendrecv|recvonly))? ${uri.replaceAll('.', '\\.')}$`);

/** The answer with that extension in its section with this `mid`: the library knows nothing of it. */
export function answerPlayoutDelay(answer: string, mid: string, { id }: PlayoutDelay): string {
  return answer
    .split('\r\n')
    .flatMap((line) => (line === `a=mid:${mid}` ? [line, `a=extmap:${id} ${uri}`] : [line]))
    .join('\r\n');
}
