import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Every pixel of the desktop as the X server has it now (RGB, three bytes each), without the pointer. */
export async function desktopPicture(env: NodeJS.ProcessEnv, width: number, height: number): Promise<Buffer> {
  const grab = ['-f', 'x11grab', '-draw_mouse', '0', '-video_size', `${width}x${height}`, '-i', env['DISPLAY'] ?? ''];
  const { stdout } = await run(
    'ffmpeg',
    ['-loglevel', 'error', ...grab, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    { env: { ...process.env, ...env }, encoding: 'buffer', maxBuffer: width * height * 3 + 4_096 },
  );
  return stdout;
}

/** How many pixels do not have this colour. */
export function otherPixels(picture: Buffer, [red, green, blue]: readonly [number, number, number]): number {
  let others = 0;
  for (let at = 0; at < picture.length; at += 3) {
    if (picture[at] !== red || picture[at + 1] !== green || picture[at + 2] !== blue) others += 1;
  }
  return others;
}
