import { type CameraId, isEmbedded } from '../../../core/cameras/camera.ts';
import { lineAnswerSchema, type LineWish, lineWishSchema } from '../../../core/streams/line-wish.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import { problemResponse } from './problem-response.ts';
import { askUpstream } from './upstream.ts';
import type { Ways } from './ways.ts';

export interface LineWishesPorts {
  readonly gateway: Pick<MediaGateway, 'endpoint'>;
  readonly ways: Pick<Ways, 'toTry'>;
  /** Resolves when `entry` answers rightly for it; always does where it is absent. */
  whenKnown?(camera: CameraId): Promise<void>;
}

/**
 * A window's `PUT /whep/lines`: what it is about to show. Only cameras whose first way is our gateway's are passed on. It gives no right to any picture:
 * who shows one asks for that.
 */
export function createLineWishes(ports: LineWishesPorts) {
  async function isOurs(watched: LineWish['lines'][number]): Promise<boolean> {
    await ports.whenKnown?.(watched.camera);
    const [first] = ports.ways.toTry(watched);
    return first !== undefined && isEmbedded(first.address);
  }

  return async (request: Request, body: string, windowId: string): Promise<Response> => {
    const isJson = /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
    const asked = isJson ? lineWishSchema.safeParse(parsed(body)) : null;
    if (!asked?.success)
      return problemResponse('bad-request', 'what is about to be shown is {"lines": [{"camera", "stream"}], "keepMs"}');
    const { lines, keepMs } = asked.data;
    const ours = await Promise.all(lines.map(isOurs));
    const endpoint = ports.gateway.endpoint();
    if (!endpoint) return problemResponse('gateway-unreachable');
    const passed = lines.filter((_line, index) => ours[index]);
    const answer = await askUpstream(
      { url: new URL('/whep/lines', endpoint.url), authorization: `Bearer ${endpoint.token}` },
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ holder: windowId, lines: passed, keepMs }),
        signal: request.signal,
      },
    );
    if (answer instanceof Response) return answer;
    const told = lineAnswerSchema.safeParse(parsed(answer.body));
    if (answer.status !== 200 || told.data?.held.length !== passed.length) return problemResponse('gateway-protocol');
    const held = [...told.data.held];
    return Response.json({ held: ours.map((our) => our && (held.shift() ?? false)) });
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
