import { openWall, startProgram, temporaryFolder, type WallDriver } from '../wall-driver.ts';
import { startFootageServer } from './footage-server.ts';
import { numberedFootage } from './numbered-footage.ts';

/** A program whose only camera sends numbered footage, and a window of it; `ends` is what to do afterwards, last first. */
export async function openOneCameraWall(ends: (() => Promise<unknown>)[]): Promise<WallDriver> {
  const footage = await numberedFootage(0);
  const camera = await startFootageServer(() => Promise.resolve(footage));
  ends.push(() => camera.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', `rtsp://127.0.0.1:${camera.port}/0`]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  return wall;
}
