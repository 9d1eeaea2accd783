/**
 * The body of a trickle PATCH (`application/trickle-ice-sdpfrag`, RFC 8840 section 9): the ICE credentials and media line of
 * `localSdp`, then `candidates` (attribute values, `candidate:…`), then the end of candidates where these are all: a server
 * may give up a connection that has none left to try.
 */
export function sdpFragment(localSdp: string, candidates: readonly string[], complete: boolean): string {
  const lines = localSdp.split(/\r?\n/);
  const pick = (prefix: string): string[] => {
    const line = lines.find((each) => each.startsWith(prefix));
    return line === undefined ? [] : [line];
  };
  const fragment = [
    ...pick('a=ice-ufrag:'),
    ...pick('a=ice-pwd:'),
    ...pick('m='),
    ...pick('a=mid:'),
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(complete ? ['a=end-of-candidates'] : []),
  ];
  return `${fragment.join('\r\n')}\r\n`;
}
