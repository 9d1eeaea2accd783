import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OpenSource, Source, SourceEvents } from '../source.ts';
import { flvOutput, footageEncoding } from './encoder-args.ts';
import { probeFootage } from './file-probe.ts';
import { createFlvSource } from './flv-source.ts';
import { endedSource } from './ended-source.ts';

/**
 * A recorded file, played at its own pace in a loop. H.264 that a browser can take is passed through, anything else is
 * encoded. Capture times are null: these pictures were taken some other day.
 */
export function createFileSource(ports: { ffmpegPath: string | null; clock: Clock }): OpenSource {
  return (address, events) => {
    const { ffmpegPath, clock } = ports;
    return ffmpegPath === null ? endedSource(events, clock) : play({ ffmpegPath, clock, path: pathOf(address), events });
  };
}

function play(ports: { ffmpegPath: string; clock: Clock; path: string | null; events: SourceEvents }): Source {
  const { ffmpegPath, clock, path, events } = ports;
  let closed = false;
  let stop: () => void = () => {
    closed = true;
  };
  void start();
  return { close: () => stop() };

  async function start(): Promise<void> {
    const abort = new AbortController();
    stop = () => {
      closed = true;
      abort.abort();
    };
    if (path === null) return missing();
    // Opened once for each child: on some systems a handed-down descriptor shares its position.
    const probed = await withFile(path, ({ input, name }) =>
      probeFootage({ ffmpegPath, clock, input, name, signal: abort.signal }),
    );
    if (closed) return;
    if (probed === null) return missing();
    const coding = probed === 'pass-through' ? ['-c:v', 'copy'] : footageEncoding;
    const source = await withFile(path, async ({ input, name }) => {
      if (closed) return null;
      const args = ['-re', '-stream_loop', '-1', '-i', name, '-map', '0:v:0', ...coding, ...flvOutput];
      const started = createFlvSource({ ffmpegPath, clock, args, input, events });
      stop = () => started.close();
      return started;
    });
    if (source === null) missing();
  }

  function missing(): void {
    if (!closed) events.onEnd({ code: 'stream-missing', detail: 'the file is missing or cannot be read' });
  }
}

interface FileInput {
  readonly input: number | 'none';
  /** The file as ffmpeg is to open it. */
  readonly name: string;
}

/** Runs `use` with the file open for a child; null where it is not a file that can be read. */
async function withFile<T>(path: string, use: (file: FileInput) => Promise<T>): Promise<T | null> {
  const file = await openFile(path);
  if (file === null) return null;
  try {
    return await use(asInput(file.fd, path));
  } finally {
    await file.close();
  }
}

/** The file as ffmpeg is to open it: by a descriptor where that can be done, so that no command line tells its name. */
function asInput(fd: number, path: string): FileInput {
  return process.platform === 'win32' ? { input: 'none', name: `file:${path}` } : { input: fd, name: 'file:/dev/fd/3' };
}

async function openFile(path: string): Promise<FileHandle | null> {
  let file: FileHandle | null = null;
  try {
    // Non-blocking, because a FIFO would otherwise hold a thread of the pool for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  } catch {
    return null;
  }
}

function pathOf(address: StreamAddress): string | null {
  try {
    return address.url.startsWith('file://') ? fileURLToPath(address.url) : address.url.replace(/^file:/, '');
  } catch {
    return null;
  }
}
