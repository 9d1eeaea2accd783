/** Every picture of the demonstration city, in pixels. */
export const frameWidth = 640;
export const frameHeight = 360;
/** One picture as planar YUV 4:2:0. */
export const frameBytes = (frameWidth * frameHeight * 3) / 2;
