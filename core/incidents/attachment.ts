/** Longest file that an incident takes, in bytes. */
export const attachmentMaxBytes = 32 * 1024 * 1024;

const ascii = (text: string): readonly number[] => Array.from({ length: text.length }, (_, place) => text.charCodeAt(place));
const zip = { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] };

/** How files of each kind begin (`null`: words, in which there is no zero byte). What a file is called is not believed. */
const kinds: Readonly<Record<string, readonly { readonly at: number; readonly bytes: readonly number[] }[] | null>> = {
  pdf: [{ at: 0, bytes: ascii('%PDF-') }],
  png: [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }],
  jpg: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }],
  jpeg: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }],
  txt: null,
  csv: null,
  docx: [zip],
  xlsx: [zip],
  odt: [zip],
  mp4: [{ at: 4, bytes: ascii('ftyp') }],
  mov: [{ at: 4, bytes: ascii('ftyp') }],
  m4a: [{ at: 4, bytes: ascii('ftyp') }],
  wav: [{ at: 0, bytes: ascii('RIFF') }],
  mp3: [
    { at: 0, bytes: ascii('ID3') },
    { at: 0, bytes: [0xff, 0xfb] },
    { at: 0, bytes: [0xff, 0xf3] },
  ],
};
/** What may be attached, by the end of its name. */
export const attachmentEndings: readonly string[] = Object.keys(kinds);

/** The end of a file's name in lower case, without the dot; empty where there is none. */
export const endingOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Whether a file is of a kind that may be attached and begins as such a file does. */
export function mayAttach(name: string, content: Uint8Array): boolean {
  const ending = endingOf(name);
  if (!attachmentEndings.includes(ending) || content.length === 0) return false;
  const beginnings = kinds[ending];
  if (!beginnings) return !content.subarray(0, 65_536).includes(0);
  return beginnings.some(({ at, bytes }) => bytes.every((byte, place) => content[at + place] === byte));
}

/**
 * What a file is called here: the last part of its path, without control characters and without those that turn the reading direction (which can make `exe` look like
 * `pdf`), at most 200 characters with its ending.
 */
export function attachmentName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const name = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  const ending = endingOf(name);
  return name.length <= 200 || ending === '' ? name.slice(0, 200) : `${name.slice(0, 199 - ending.length)}.${ending}`;
}
