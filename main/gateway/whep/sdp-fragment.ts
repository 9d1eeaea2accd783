import { isUnresolvable } from './offer.ts';

export interface SdpFragment {
  readonly ufrag: string | null;
  readonly candidates: readonly { readonly mid: string; readonly candidate: string }[];
}

const mostCandidates = 100;

/**
 * Reads an `application/trickle-ice-sdpfrag` (RFC 8840 §9). Candidates with names are left out. Returns the reason
 * where it is not one.
 */
export function readSdpFragment(text: string): SdpFragment | string {
  let mid: string | null = null;
  let ufrag: string | null = null;
  const candidates: { mid: string; candidate: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    if (!/^[a-z]=/.test(line)) return 'a line of the fragment is not SDP';
    if (line.startsWith('m=')) mid = null;
    else if (line.startsWith('a=mid:')) mid = line.slice(6);
    else if (line.startsWith('a=ice-ufrag:')) ufrag = line.slice(12);
    else if (line.startsWith('a=candidate:')) {
      if (mid === null) return 'a candidate of the fragment belongs to no section';
      if (candidates.length >= mostCandidates) return 'the fragment has too many candidates';
      if (!/^a=candidate:[A-Za-z0-9+/]{1,32} \d{1,5} \S{1,8} \d{1,10} \S{1,255} \d{1,5} typ [a-z]+( \S+)*$/.test(line)) {
        return 'a candidate of the fragment is malformed';
      }
      if (!isUnresolvable(line)) candidates.push({ mid, candidate: line.slice(2) });
    }
  }
  return { ufrag, candidates };
}
