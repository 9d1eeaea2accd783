import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';

export interface ResolvedFfmpeg {
  readonly path: string;
  /** Where it was found, for the log and the health page. */
  readonly from: 'ffmpeg-static' | 'FFMPEG_PATH' | 'PATH';
}

export interface FfmpegPlaces {
  /** The path the optional package `ffmpeg-static` names, or null where it is not installed. */
  packaged(): Promise<string | null>;
  readonly env: Readonly<Partial<Record<'FFMPEG_PATH' | 'PATH' | 'PATHEXT', string | undefined>>>;
  readonly platform: NodeJS.Platform;
  runs(path: string): Promise<boolean>;
}

/**
 * The ffmpeg to use: the optional package, then `FFMPEG_PATH`, then the `PATH`; null where there is none.
 * A place that names a file which cannot be run is passed over.
 */
export async function resolveFfmpeg(places: FfmpegPlaces = thisMachine()): Promise<ResolvedFfmpeg | null> {
  const packaged = await places.packaged();
  if (packaged !== null && (await places.runs(packaged))) return { path: packaged, from: 'ffmpeg-static' };
  const named = places.env.FFMPEG_PATH;
  if (named !== undefined && named !== '' && (await places.runs(named))) return { path: named, from: 'FFMPEG_PATH' };
  const program = places.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  for (const folder of (places.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, program);
    if (await places.runs(path)) return { path, from: 'PATH' };
  }
  return null;
}

function thisMachine(): FfmpegPlaces {
  return { packaged, env: process.env, platform: process.platform, runs };
}

async function packaged(): Promise<string | null> {
  // Not a literal: the package is optional, so neither the compiler nor a bundler may insist on it.
  const name: string = 'ffmpeg-static';
  try {
    const module: unknown = await import(/* @vite-ignore */ name);
    const parsed = z.object({ default: z.string() }).safeParse(module);
    return parsed.success ? parsed.data.default : null;
  } catch {
    return null;
  }
}

async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
