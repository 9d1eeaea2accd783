import type { Clock } from '../../ports/clock.ts';
import type { ForeignCodec, ForeignPicture, OpenTranscoder, SourceEvents, Transcoder } from '../source.ts';
import { flvOutput, footageEncoding } from './encoder-args.ts';
import { createFlvSource } from './flv-source.ts';
import { matroskaHead, matroskaPicture } from './matroska.ts';
import { createPictureTimetable } from './picture-times.ts';
import { endedSource } from './ended-source.ts';

export const transcoderBounds = {
  /** Pictures that ffmpeg has not read yet; more would only be shown late. One of MPEG-4 left out costs all up to the next key picture. */
  waitingPictures: { jpeg: 3, mpeg4: 12 },
  /** And their bytes, as soon as one is waiting. */
  waitingBytes: 4 * 1024 * 1024,
} as const;

/** Nothing is looked at before the first picture is decoded, and no decoder thread holds a picture back. */
const quickInput = ['-probesize', '32', '-analyzeduration', '0', '-fpsprobesize', '0', '-flags', 'low_delay', '-threads', '1'];

/**
 * Decodes whole pictures that no browser takes and encodes them as H.264, one out for each one in, with the times that went in.
 * ffmpeg sees bytes in its pipe and nothing else. When it is slow, pictures are left out, MPEG-4 up to the next key picture.
 */
export function createPictureTranscoder(ports: { readonly ffmpegPath: string | null; readonly clock: Clock }): OpenTranscoder {
  return (codec, events) => {
    const { ffmpegPath, clock } = ports;
    if (ffmpegPath === null) return { ...endedSource(events, clock), push() {}, dropped: () => 0 };
    return startTranscoder(ffmpegPath, clock, codec, events);
  };
}

function startTranscoder(ffmpegPath: string, clock: Clock, codec: ForeignCodec, events: SourceEvents): Transcoder {
  const timetable = createPictureTimetable();
  let waitingPictures = 0;
  let waitingBytes = 0;
  let waitingForKey = true;
  let layout: string | null = null;
  let dropped = 0;
  let over = false;

  const source = createFlvSource({
    ffmpegPath,
    clock,
    args: [...quickInput, '-f', 'matroska', '-i', 'pipe:0', '-enc_time_base', '1:1000', ...footageEncoding, ...flvOutput],
    input: 'pipe',
    events: {
      onOpen: events.onOpen,
      onUnit: events.onUnit,
      onEnd(problem) {
        over = true;
        events.onEnd(problem);
      },
    },
    timesOf: ({ timestampMs }) => timetable.leave(timestampMs),
  });
  source.input?.write(matroskaHead(codec));

  function hasRoomFor(bytes: number): boolean {
    if (waitingPictures === 0) return true;
    return waitingPictures < transcoderBounds.waitingPictures[codec] && waitingBytes + bytes <= transcoderBounds.waitingBytes;
  }

  function isFit(picture: ForeignPicture): boolean {
    if (waitingForKey && !picture.key) return false;
    return hasRoomFor(picture.bytes.length);
  }

  /** ffmpeg would go on with the encoder it has, and show a part of the picture for the whole. */
  function endAtOtherLayout(): void {
    over = true;
    source.close();
    events.onEnd({ code: 'camera-protocol', detail: 'the camera changed the size of its pictures' });
  }

  return {
    push(picture: ForeignPicture) {
      const { input } = source;
      if (over || input === null || !input.writable) return;
      layout ??= picture.layout;
      if (layout !== picture.layout) return endAtOtherLayout();
      waitingForKey = !isFit(picture);
      if (waitingForKey) {
        dropped += 1;
        return;
      }
      const { length } = picture.bytes;
      const timestampMs = timetable.enter(picture);
      waitingPictures += 1;
      waitingBytes += length;
      input.write(matroskaPicture({ bytes: picture.bytes, key: picture.key, timestampMs }), () => {
        waitingPictures -= 1;
        waitingBytes -= length;
      });
    },
    dropped: () => dropped,
    close() {
      over = true;
      source.close();
    },
  };
}
