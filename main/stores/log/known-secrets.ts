import type { Credentials } from '../../../core/cameras/camera.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';

/** A stretch of a text, from the first unit to behind the last. */
export type Span = readonly [start: number, end: number];

export interface FindableSecrets extends KnownSecrets {
  /** Every place in `text` that holds a known secret. */
  find(text: string): readonly Span[];
}

/** From this length on a secret is masked wherever it stands, even inside a word; a shorter one only as a word of its own. */
const anywhereMinLength = 4;
const countMax = 500_000;
const secretMaxLength = 1_024;

const isWordUnit = (text: string, index: number): boolean => /[\p{L}\p{N}_]/u.test(text.charAt(index));

function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

/**
 * Keeps secrets by their first four units, so that looking for a hundred thousand of them costs one look-up per unit of text.
 * Beyond 500,000 the oldest stay and new ones are not taken: a directory that large is refused elsewhere.
 */
export function createKnownSecrets(): FindableSecrets {
  const byStart = new Map<string, Set<string>>();
  const short = new Set<string>();
  let count = 0;

  function add(secret: string): void {
    if (secret === '' || secret.length > secretMaxLength || count >= countMax) return;
    const set = secret.length < anywhereMinLength ? short : byStart.get(secret.slice(0, anywhereMinLength));
    if (set?.has(secret)) return;
    count++;
    if (set === undefined) byStart.set(secret.slice(0, anywhereMinLength), new Set([secret]));
    else set.add(secret);
  }

  function longestAt(text: string, index: number): number {
    let length = 0;
    for (const secret of byStart.get(text.slice(index, index + anywhereMinLength)) ?? []) {
      if (secret.length > length && text.startsWith(secret, index)) length = secret.length;
    }
    if (length > 0 || short.size === 0 || (index > 0 && isWordUnit(text, index - 1))) return length;
    for (let tried = anywhereMinLength - 1; tried > 0; tried--) {
      if (short.has(text.slice(index, index + tried)) && !isWordUnit(text, index + tried)) return tried;
    }
    return 0;
  }

  return {
    add(secret) {
      add(secret);
      if (secret.length >= anywhereMinLength) for (const form of base64Forms(secret)) add(form);
    },
    addCredentials({ user, password }: Credentials) {
      if (password === '') return;
      this.add(password);
      for (const form of base64Forms(`${user}:${password}`)) add(form);
    },
    find(text) {
      const spans: Span[] = [];
      if (count === 0) return spans;
      for (let index = 0; index < text.length; index++) {
        const length = longestAt(text, index);
        if (length > 0) spans.push([index, index + length]);
      }
      return spans;
    },
  };
}
