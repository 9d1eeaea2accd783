const beginnings: readonly { readonly type: 'image/jpeg' | 'image/png'; readonly bytes: readonly number[] }[] = [
  // Start of image, and the first marker's 0xFF (ITU-T T.81, B.2.1).
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  // The PNG signature (PNG 3rd edition, 5.2).
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];

/** What kind of picture the bytes begin like; null for anything else. What a sender calls them is not believed. */
export function pictureType(bytes: Uint8Array): 'image/jpeg' | 'image/png' | null {
  return beginnings.find((known) => known.bytes.every((byte, place) => bytes[place] === byte))?.type ?? null;
}
