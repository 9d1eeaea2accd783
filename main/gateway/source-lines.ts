import { type StreamAddress, type StreamName, streamNames } from '../../core/cameras/camera.ts';
import type { SourceState } from '../../core/streams/source-state.ts';
import type { Clock } from '../ports/clock.ts';
import type { GatewayCamera } from '../ports/media-gateway.ts';
import type { SourceProblem } from './source.ts';
import { createSourceLine, type SourceLine } from './source-line.ts';
import type { SourceMakers } from './source-makers.ts';

export interface SourceLines {
  find(camera: string, stream: StreamName): SourceLine | null;
  /** Full replace. A camera whose address is the same is untouched; one that is gone is closed (`onGone` before). */
  setCameras(cameras: readonly GatewayCamera[]): void;
  /** Every source that is not idle. */
  each(listener: (camera: string, stream: StreamName, state: SourceState) => void): void;
  close(): void;
}

export interface SourceLinesPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly makers: SourceMakers;
  readonly mostPayloadBytes: number;
  onState(camera: string, stream: StreamName, state: SourceState): void;
  onProblem(camera: string, stream: StreamName, problem: SourceProblem, tries: number): void;
  onGone(line: SourceLine): void;
}

interface Entry {
  readonly camera: string;
  readonly stream: StreamName;
  address: StreamAddress;
  /** Made when it is first looked for: a province has a hundred thousand streams, and a wall some dozens. */
  line: SourceLine | null;
}

export function createSourceLines(ports: SourceLinesPorts): SourceLines {
  const entries = new Map<string, Entry>();
  const ringRoom = { usedBytes: 0 };
  const lineOf = (entry: Entry): SourceLine => {
    const { camera, stream } = entry;
    entry.line ??= createSourceLine(
      {
        clock: ports.clock,
        random: ports.random,
        makers: ports.makers,
        mostPayloadBytes: ports.mostPayloadBytes,
        ringRoom,
        onState: (state) => ports.onState(camera, stream, state),
        onProblem: (problem, tries) => ports.onProblem(camera, stream, problem, tries),
      },
      entry.address,
    );
    return entry.line;
  };
  const remove = (key: string, entry: Entry): void => {
    entries.delete(key);
    const { line } = entry;
    if (line === null) return;
    ports.onGone(line);
    const wasIdle = line.state().state === 'idle';
    line.close();
    if (!wasIdle) ports.onState(entry.camera, entry.stream, { state: 'idle' });
  };
  return {
    find(camera, stream) {
      const entry = entries.get(keyOf(camera, stream));
      return entry === undefined ? null : lineOf(entry);
    },
    setCameras(cameras) {
      const kept = new Set<string>();
      for (const { id, addresses } of cameras) {
        for (const stream of streamNames) {
          const address = addresses[stream];
          if (address === undefined || ports.makers.forAddress(address) === null) continue;
          const key = keyOf(id, stream);
          kept.add(key);
          const entry = entries.get(key);
          if (entry === undefined) entries.set(key, { camera: id, stream, address, line: null });
          else if (!sameAddress(entry.address, address)) {
            entry.address = address;
            entry.line?.readdress(address);
          }
        }
      }
      for (const [key, entry] of [...entries]) if (!kept.has(key)) remove(key, entry);
    },
    each(listener) {
      for (const { camera, stream, line } of entries.values()) {
        const state = line?.state();
        if (state !== undefined && state.state !== 'idle') listener(camera, stream, state);
      }
    },
    close() {
      for (const entry of entries.values()) entry.line?.close();
      entries.clear();
    },
  };
}

function keyOf(camera: string, stream: StreamName): string {
  return `${camera}/${stream}`;
}

function sameAddress(a: StreamAddress, b: StreamAddress): boolean {
  return (
    a.scheme === b.scheme &&
    a.url === b.url &&
    a.credentials?.user === b.credentials?.user &&
    a.credentials?.password === b.credentials?.password
  );
}
