import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { Clip } from '../../../core/evidence/clip.ts';
import type { CustodyLine } from '../../../core/evidence/custody.ts';
import type { SecuredOrigin } from '../../../core/evidence/secured-origin.ts';
import type { Stretch } from '../../../core/evidence/missing-stretches.ts';
import type { SecuredStream } from '../../../core/evidence/secured-streams.ts';
import { camerasEver, type Incident } from '../../../core/incidents/incident.ts';
import type { PageFont } from '../../ports/page-font.ts';

/** A clip that is in a bundle. */
export interface StoriedClip {
  readonly clip: Clip;
  /** Below `data/`. */
  readonly path: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** Not every browser plays it. */
  readonly h265: boolean;
  /** The same encoded anew, so that every browser plays it: not evidence. Null where there is none. */
  readonly copy: { readonly path: string; readonly sha256: string; readonly sizeBytes: number } | null;
}

/** What is said of every copy, wherever it is named. */
export const copyLabel = 'transcoded copy, not the master';

/** A file that was attached, and is in a bundle. */
export interface StoriedFile {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly utcMs: number;
  readonly bySeat: number;
}

/** A file that was attached, and is not there any more. */
export type GoneFile = Pick<StoriedFile, 'name' | 'sha256' | 'utcMs' | 'bySeat'>;

/** What was wanted of a camera, and what of that is not there: neither of its streams has it. */
export interface SecuredCamera extends Stretch {
  readonly camera: CameraId;
  readonly missing: readonly Stretch[];
  readonly streams: readonly SecuredStream[];
}

/** Everything a bundle tells. */
export interface BundleStory {
  readonly bag: string;
  readonly sealedUtcMs: number;
  /** As records name it. */
  readonly sealedBy: string;
  readonly version: string;
  readonly fingerprint: string;
  readonly incident: Incident;
  /** What is known of its cameras; one that the directory does not know any more is missing. */
  readonly cameras: readonly Camera[];
  /** Also those whose pictures are gone. */
  readonly clips: readonly Clip[];
  readonly secured: readonly SecuredCamera[];
  readonly masters: readonly StoriedClip[];
  /** Attached files that are pictures, and all others. */
  readonly stills: readonly StoriedFile[];
  readonly papers: readonly StoriedFile[];
  readonly goneFiles: readonly GoneFile[];
  readonly custody: readonly CustodyLine[];
  /** What its pages bring for Urdu; null where there is none. */
  readonly font: PageFont | null;
}

export const incidentName = (number: number): string => `INC-${number}`;

/** `214 Khyber Bazar, gate 2`, or the id alone. */
export function cameraName(cameras: readonly Camera[], id: string): string {
  const camera = cameras.find((each) => each.id === id);
  return camera ? `${camera.number} ${camera.name}` : id;
}

/** UTC to the millisecond; the local time of a place is somebody else's question. */
export const timeText = (utcMs: number): string => new Date(utcMs).toISOString().replace('T', ' ').replace('Z', ' UTC');
export const lengthText = (ms: number): string => `${(ms / 1_000).toFixed(3)} s`;

export const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const codecTexts = { h264: 'H.264', h265: 'H.265', jpeg: 'JPEG', mpeg4: 'MPEG-4' } as const;

/** How pictures were made, for who has to say whether they are the camera's own. */
export function originText(origin: SecuredOrigin): string {
  if (origin === 'as-sent') return 'encoded by the camera, and not encoded anew';
  if (origin === 'unknown')
    return 'not encoded anew by this program; it is not known whether a server between the camera and it did that';
  return `the camera sends ${codecTexts[origin]}, and this program’s gateway made H.264 of it before anything was kept`;
}

/** The same, marked where it is not the camera's own. */
export const originHtml = (origin: SecuredOrigin): string =>
  origin === 'as-sent' ? originText(origin) : `<span class="gap">${originText(origin)}</span>`;

/** Also those that were taken back: what was secured of them is here. */
export const camerasHtml = ({ incident, cameras }: BundleStory): string =>
  camerasEver(incident)
    .map(({ camera, untilUtcMs }) => {
      const name = html(cameraName(cameras, camera));
      return untilUtcMs === null ? name : `${name} (taken back ${timeText(untilUtcMs)})`;
    })
    .join('<br>');
