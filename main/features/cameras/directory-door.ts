import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { includesRole } from '../../../core/access/role.ts';
import type { Camera } from '../../../core/cameras/camera.ts';
import { type ProblemCode, type ProblemDetails, problemDetails } from '../../../core/streams/problem.ts';
import { type Door, readBytes } from '../../ports/door.ts';
import type { CameraImports } from './camera-imports.ts';
import type { DirectorySource } from './directory-source.ts';
import { exportCameras, exportFormats, exportTypes } from './export-cameras.ts';
import { inSlices } from './in-slices.ts';
import { cameraFileMaxBytes } from './read-camera-file.ts';

const compress = promisify(gzip);
const piece = 500;

/** A JSON array, in pieces of text. */
function* cameraList(cameras: readonly Camera[]): Generator<string, void, void> {
  yield '[';
  for (let from = 0; from < cameras.length; from += piece) {
    const texts = cameras.slice(from, from + piece).map((camera) => JSON.stringify(camera));
    yield (from === 0 ? '' : ',') + texts.join(',');
  }
  yield ']';
}

function* joined(pieces: Iterable<string>): Generator<void, Buffer, void> {
  const buffers: Buffer[] = [];
  for (const text of pieces) {
    buffers.push(Buffer.from(text));
    yield;
  }
  return Buffer.concat(buffers);
}

/**
 * `/directory/<revision>` gives the cameras to any window; `/directory/import` takes a file and `/directory/export` gives one, both to
 * supervisors and technicians alone: a file has addresses in it. Faults are problem details (RFC 9457); the feature's own have the type
 * `urn:deedban:refusal:<code>`: `this-run-only`, or `another-file` where another one was put before this one was read.
 */
export function createDirectoryDoor(ports: {
  readonly source: DirectorySource;
  readonly imports: CameraImports;
  readonly thisRunOnly: boolean;
}): Door {
  const { source, imports } = ports;
  /** The present list, compressed once for all windows. */
  let packed: { readonly revision: string; readonly bytes: Promise<Buffer> } | null = null;

  async function give(request: Request, revision: string): Promise<Response> {
    await source.whenLoaded();
    if (source.head.current().revision !== revision) return fault('bad-request', 'there is another directory now', 404);
    const cameras = source.cameras.current();
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'accept-encoding' };
    if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers.get('accept-encoding') ?? '')) {
      return new Response(asStream(cameraList(cameras)), { headers });
    }
    if (packed?.revision !== revision) {
      const bytes = inSlices(joined(cameraList(cameras))).then((text) => compress(text, { level: constants.Z_BEST_SPEED }));
      packed = { revision, bytes };
      // The next window tries again.
      bytes.catch(() => {
        packed = null;
      });
    }
    const bytes = await packed.bytes;
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-encoding': 'gzip' } });
  }

  async function take(request: Request, name: string | null): Promise<Response> {
    if (ports.thisRunOnly) return refusal('this-run-only', 409);
    const body = await readBytes(request, cameraFileMaxBytes);
    if (body === null) return fault('too-large', `a camera file has at most ${cameraFileMaxBytes / 1024 / 1024} MiB`);
    const preview = await imports.read(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      fileNameOf(name),
      request.signal,
    );
    if (preview === null) return refusal('another-file', 409);
    return Response.json(preview, { headers: { 'cache-control': 'no-store' } });
  }

  async function hand(wanted: string | null): Promise<Response> {
    const format = exportFormats.find((known) => known === wanted);
    if (format === undefined) return fault('bad-request', `the format is one of ${exportFormats.join(', ')}`);
    await source.whenLoaded();
    return new Response(asStream(exportCameras(source.entries.current(), format)), {
      headers: {
        'content-type': exportTypes[format],
        'content-disposition': `attachment; filename="cameras.${format}"`,
        'cache-control': 'no-store',
      },
    });
  }

  return {
    prefix: '/directory/',
    async handle(request, session) {
      const { pathname, searchParams } = new URL(request.url);
      const what = pathname.slice('/directory/'.length);
      const method = what === 'import' ? 'PUT' : 'GET';
      if (request.method !== method) return new Response(null, { status: 405, headers: { allow: method } });
      if (what !== 'import' && what !== 'export') return give(request, what);
      if (!includesRole(session.seat.role, 'supervisor'))
        return fault('not-allowed', 'only a supervisor or a technician may do this', 403);
      return what === 'export' ? hand(searchParams.get('format')) : take(request, searchParams.get('name'));
    },
  };
}

/** What a person calls the file: no folders, and nothing that could be an address. */
function fileNameOf(name: string | null): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '').toWellFormed();
  return plain.slice(0, 200) || 'cameras';
}

function asStream(texts: Iterator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

function fault(code: ProblemCode, detail: string, status?: number): Response {
  const body = problemDetails(code, detail);
  return problem({ ...body, status: status ?? body.status });
}

function refusal(code: 'this-run-only' | 'another-file', status: number): Response {
  return problem({ type: `urn:deedban:refusal:${code}`, title: code, status });
}

function problem(body: ProblemDetails & { readonly status: number }): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
