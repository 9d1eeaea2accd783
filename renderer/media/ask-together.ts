/**
 * An offer that asks our gateway to send this stream's pictures together with those of others, as soon as many are shown (`core/streams/common-beat.ts`). Who
 * does not know the attribute ignores it (RFC 8866 §5.13).
 */
export function askTogether(offer: string): string {
  return offer
    .split('\r\n')
    .flatMap((line) => (line.startsWith('a=mid:') ? [line, 'a=x-deedban-together'] : [line]))
    .join('\r\n');
}
