/** Where a head looks: pan and tilt from -1 to 1, zoom from 0 to 1. */
export interface HeadPosition {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

/**
 * A pan-tilt head with its lens: a position at a time, and what drives it since. Times are of the clock that nobody sets, ms.
 *
 *     still ── drive ──▶ driven ── its time is over, Stop ──▶ still
 *       ▲ └─── send ──▶ on its way ── arrived, Stop ──────────▲
 */
export interface Head {
  readonly from: HeadPosition;
  readonly fromMs: number;
  readonly drive:
    | { readonly what: 'still' }
    /** `velocity` in parts of the full speed, until `endsAtMs`. */
    | { readonly what: 'driven'; readonly velocity: HeadPosition; readonly endsAtMs: number }
    | { readonly what: 'way'; readonly to: HeadPosition };
}

/** From one end to the other at full speed, in seconds. */
export const travelS = { pan: 6, tilt: 4, zoom: 3 } as const;
const perMs = { pan: 2 / (travelS.pan * 1_000), tilt: 2 / (travelS.tilt * 1_000), zoom: 1 / (travelS.zoom * 1_000) };
/** What full deflections mean in degrees, and what full zoom magnifies by. */
export const headAngles = { pan: 170, tilt: 45, magnification: 20 } as const;

export function stillHead(position: HeadPosition, atMs: number): Head {
  return { from: bounded(position), fromMs: atMs, drive: { what: 'still' } };
}

/** Where it looks at a time not before its last order. */
export function headAt({ from, fromMs, drive }: Head, atMs: number): HeadPosition {
  const passedMs = Math.max(0, atMs - fromMs);
  if (drive.what === 'still') return from;
  if (drive.what === 'way') {
    const toward = (a: number, b: number, speed: number) => a + Math.sign(b - a) * Math.min(Math.abs(b - a), speed * passedMs);
    return {
      pan: toward(from.pan, drive.to.pan, perMs.pan),
      tilt: toward(from.tilt, drive.to.tilt, perMs.tilt),
      zoom: toward(from.zoom, drive.to.zoom, perMs.zoom),
    };
  }
  const drivenMs = Math.min(passedMs, Math.max(0, drive.endsAtMs - fromMs));
  const { velocity } = drive;
  return bounded({
    pan: from.pan + velocity.pan * perMs.pan * drivenMs,
    tilt: from.tilt + velocity.tilt * perMs.tilt * drivenMs,
    zoom: from.zoom + velocity.zoom * perMs.zoom * drivenMs,
  });
}

/** Whether something still turns. At the end of an axis a driven motor stands. */
export function isTurning(head: Head, atMs: number): boolean {
  const now = headAt(head, atMs);
  const then = headAt(head, atMs + 1);
  return now.pan !== then.pan || now.tilt !== then.tilt || now.zoom !== then.zoom;
}

export function drivenHead(head: Head, velocity: HeadPosition, atMs: number, timeoutMs: number): Head {
  const isNothing = velocity.pan === 0 && velocity.tilt === 0 && velocity.zoom === 0;
  const drive = isNothing ? { what: 'still' as const } : { what: 'driven' as const, velocity, endsAtMs: atMs + timeoutMs };
  return { from: headAt(head, atMs), fromMs: atMs, drive };
}

export function sentHead(head: Head, to: HeadPosition, atMs: number): Head {
  return { from: headAt(head, atMs), fromMs: atMs, drive: { what: 'way', to: bounded(to) } };
}

export function stoppedHead(head: Head, atMs: number): Head {
  return stillHead(headAt(head, atMs), atMs);
}

function bounded({ pan, tilt, zoom }: HeadPosition): HeadPosition {
  const within = (value: number, least: number) => Math.min(1, Math.max(least, value));
  return { pan: within(pan, -1), tilt: within(tilt, -1), zoom: within(zoom, 0) };
}
