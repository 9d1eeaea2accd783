import type { Clock } from '../../ports/clock.ts';
import type { OpenSource, Source, SourceEvents, SourceProblem } from '../source.ts';
import { playRecording, type Recording, recordingShape } from './recording.ts';

/** Recordings of the demonstration city's cameras, each made when it is first asked for and then kept (some 160 kB). */
export interface Recordings {
  /** A loop of the recording of that camera. */
  open(camera: string, turn: number, events: SourceEvents): Source;
}

type Made = { readonly recording: Recording } | { readonly problem: SourceProblem };

/**
 * @param ports.record draws a recording (`sim:record/<camera>`): a source that gives `recordingShape.pictures` pictures.
 */
export function createRecordings(ports: { readonly clock: Clock; readonly record: OpenSource }): Recordings {
  const { clock } = ports;
  const kept = new Map<string, Promise<Made>>();
  /** One at a time: drawing takes a processor, and the live cameras need it too. */
  let last: Promise<unknown> = Promise.resolve();

  function make(camera: string): Promise<Made> {
    return new Promise((resolve) => {
      const pictures: Recording['pictures'][number][] = [];
      let parameterSets: readonly Buffer[] = [];
      const source = ports.record(
        { scheme: 'sim', url: `sim:record/${camera}`, credentials: null },
        {
          onOpen(facts) {
            parameterSets = facts.parameterSets;
          },
          onUnit({ nals, key }) {
            pictures.push({ nals, key });
            if (pictures.length < recordingShape.pictures) return;
            source.close();
            resolve({ recording: { parameterSets, pictures } });
          },
          onEnd: (problem) => resolve({ problem }),
        },
      );
    });
  }

  function recordingOf(camera: string): Promise<Made> {
    const known = kept.get(camera);
    if (known !== undefined) return known;
    const made = last.then(() => make(camera));
    last = made;
    kept.set(camera, made);
    // What failed is tried again by the next who asks, in the source line's own time.
    void made.then((result) => {
      if ('problem' in result) kept.delete(camera);
    });
    return made;
  }

  return {
    open(camera, turn, events) {
      let closed = false;
      let playing: Source | null = null;
      void recordingOf(camera).then((made) => {
        if (closed) return;
        if ('problem' in made) events.onEnd(made.problem);
        else playing = playRecording(clock, made.recording, turn, events);
      });
      return {
        close() {
          closed = true;
          playing?.close();
        },
      };
    },
  };
}
