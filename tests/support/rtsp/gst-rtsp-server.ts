import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Credentials } from '../../../core/cameras/camera.ts';
import { type FootageCodec, footageFile, footageFps } from './footage.ts';

export interface GstRtspOptions {
  /** A free one is taken unless it is given; give the old one to come back at the same place. */
  readonly port?: number;
  /** Each path is a camera of its own; `['/footage']` unless given. */
  readonly paths?: readonly string[];
  readonly codec?: FootageCodec;
  /** Whom it lets in; everybody unless given. */
  readonly credentials?: Credentials;
  /** How it asks for them: `digest` (MD5) unless given. */
  readonly scheme?: 'basic' | 'digest';
}

export interface GstRtspServer {
  readonly port: number;
  /** The address of the first path, without user and password. */
  readonly url: string;
  readonly urls: readonly string[];
  readonly pid: number;
  /** The raw file it sends. */
  readonly file: string;
  /** How often each thing happened: `connected`, `play`, `teardown`, `closed`. */
  count(event: string): number;
  /** Resolves when the count of `event` is at least `least`. */
  happened(event: string, least: number): Promise<void>;
  /** An orderly end. */
  stop(): Promise<void>;
  /** SIGKILL: no word to anybody. */
  kill(): Promise<void>;
}

const script = fileURLToPath(new URL('./gst-rtsp-server.py', import.meta.url));
const lineSchema = z.object({ event: z.string(), port: z.number().optional() });

/** Starts GStreamer's RTSP server on loopback with the footage in an endless loop; resolves when it takes connections. */
export async function startGstRtspServer(options: GstRtspOptions = {}): Promise<GstRtspServer> {
  const { port = 0, paths = ['/footage'], codec = 'h264', credentials, scheme = 'digest' } = options;
  const file = await footageFile(codec);
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2_000);
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const user = { user: credentials?.user ?? null, password: credentials?.password ?? null };
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify({ file, codec, fps: footageFps, port, paths, scheme, ...user })}\n`);

  const counts = new Map<string, number>();
  const watchers = new Set<() => void>();
  const ready = new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const { event, port: bound } = lineSchema.parse(JSON.parse(line));
      counts.set(event, (counts.get(event) ?? 0) + 1);
      if (event === 'ready' && bound !== undefined) resolve(bound);
      for (const watcher of watchers) watcher();
    });
    void gone.then(() => reject(new Error(`the RTSP server of GStreamer did not start: ${words}`)));
  });
  const bound = await ready;
  const urls = paths.map((path) => `rtsp://127.0.0.1:${bound}${path}`);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (isRunning(child)) child.kill(signal);
    await gone;
  }

  return {
    port: bound,
    url: urls[0] ?? '',
    urls,
    pid: child.pid ?? 0,
    file,
    count: (event) => counts.get(event) ?? 0,
    happened: (event, least) =>
      new Promise((resolve) => {
        const look = () => {
          if ((counts.get(event) ?? 0) < least) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
