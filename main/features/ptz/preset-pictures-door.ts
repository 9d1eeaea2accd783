import { includesRole } from '../../../core/access/role.ts';
import { presetPictureMaxBytes } from '../../../core/ptz/preset-picture.ts';
import { type Door, readBytes, refusedByDoor } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import { pictureType } from '../../ports/picture-type.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { PictureWishes, WishedPicture } from './picture-wishes.ts';
import type { PresetPictures } from './preset-pictures.ts';

const prefix = '/preset-pictures/';
const mostAtOnce = 16;

/** Pictures of presets: PUT `/preset-pictures/<wish>` takes a small JPEG from a seat that may save presets, GET `/preset-pictures/<digest>` gives one. */
export function createPresetPicturesDoor(ports: {
  readonly pictures: PresetPictures;
  readonly wishes: Pick<PictureWishes, 'find' | 'fulfil'>;
  readonly log: Log;
  onKept(wished: WishedPicture): void;
}): Door {
  const { pictures, wishes, log } = ports;
  let atWork = 0;

  async function take(request: Request, wish: string): Promise<Response> {
    const over = () => refusedByDoor(409, 'Nobody wants this picture any more: the camera has moved, or there is one.');
    const wished = wishes.find(wish);
    if (wished === null) return over();
    const picture = await readBytes(request, presetPictureMaxBytes);
    if (picture === null) return refusedByDoor(413, 'A picture of a preset has at most 32 KiB.');
    if (pictureType(picture) !== 'image/jpeg') return refusedByDoor(415, 'A picture of a preset is a JPEG.');
    if (!(await wishes.fulfil(wish))) return over();
    await pictures.keep(wished.camera, wished.token, picture);
    ports.onKept(wished);
    return new Response(null, { status: 204 });
  }

  async function give(digest: string): Promise<Response> {
    const picture = await pictures.read(digest);
    if (picture === null) return refusedByDoor(404, 'There is no such picture.');
    const headers = {
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400, immutable',
    };
    return new Response(new Uint8Array(picture), { headers });
  }

  return {
    prefix,
    async handle(request, session) {
      const name = new URL(request.url).pathname.slice(prefix.length);
      if (request.method !== 'PUT' && request.method !== 'GET')
        return new Response(null, { status: 405, headers: { allow: 'GET, PUT' } });
      if (request.method === 'PUT' && !includesRole(session.seat.role, 'operator'))
        return refusedByDoor(403, 'This seat may look, but not save presets.');
      if (atWork >= mostAtOnce) return refusedByDoor(503, 'Too many pictures at once. Try again.', { 'retry-after': '1' });
      atWork += 1;
      try {
        return await (request.method === 'PUT' ? take(request, name) : give(name));
      } catch (error) {
        if (!(error instanceof StoreProblem)) throw error;
        log.error('a picture of a preset could not be kept or read', { reason: error.message });
        return refusedByDoor(error.code === 'full' ? 507 : 500, 'The picture could not be kept or read; the log says why.');
      } finally {
        atWork -= 1;
      }
    },
  };
}
