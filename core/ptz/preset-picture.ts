/** What a preset's picture fits into, in pixels: as wide as a line of the desk can bear. */
export const presetPictureSize = { width: 192, height: 108 } as const;
/** A JPEG of that size is a third of it. */
export const presetPictureMaxBytes = 32_768;
