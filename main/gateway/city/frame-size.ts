/** Every picture of the demonstration city, in pixels. */
export const frameWidth = 640;
export const frameHeight = 360;
/** One picture as planar YUV 4:2:0. */
export const frameBytes = (frameWidth * frameHeight * 3) / 2;
/** How much larger a main stream is, in each direction: enlarged by its encoder, so that main and sub differ as those of cameras do without drawing more. */
export const mainScale = 1.5;
