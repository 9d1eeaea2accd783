import { z } from 'zod';

const positionSchema = z.strictObject({ pan: z.number(), tilt: z.number(), zoom: z.number() });

/** Where a head looks: pan and tilt from -1 to 1, zoom from 0 to 1. */
export type HeadPosition = Readonly<z.infer<typeof positionSchema>>;

/**
 * A pan-tilt head with its lens: a position at a time, and what drives it since. Times are of the clock that nobody sets, ms.
 *
 *     still ── drive ──▶ driven ── its time is over, Stop ──▶ still
 *       ▲ └─── send ──▶ on its way ── arrived, Stop ──────────▲
 */
export const headSchema = z.strictObject({
  from: positionSchema,
  fromMs: z.number(),
  /** What its lens magnifies by at full zoom. */
  magnification: z.number().min(1),
  drive: z.discriminatedUnion('what', [
    z.strictObject({ what: z.literal('still') }),
    /** `velocity` in parts of the full speed, until `endsAtMs`. */
    z.strictObject({ what: z.literal('driven'), velocity: positionSchema, endsAtMs: z.number() }),
    z.strictObject({ what: z.literal('way'), to: positionSchema }),
  ]),
});
export type Head = Readonly<z.infer<typeof headSchema>>;

/** From one end to the other at full speed, in seconds. */
export const travelS = { pan: 6, tilt: 4, zoom: 3 } as const;
const perMs = { pan: 2 / (travelS.pan * 1_000), tilt: 2 / (travelS.tilt * 1_000), zoom: 1 / (travelS.zoom * 1_000) };
/** What full deflections mean in degrees. */
export const headAngles = { pan: 40, tilt: 20 } as const;
/** What full zoom magnifies by where nobody says otherwise. */
export const usualLens = 3;
/** Half of the widest picture, in parts of the way from the middle to the end of pan. */
export const widestHalf = 1.5;

export function stillHead(position: HeadPosition, atMs: number, magnification = usualLens): Head {
  return { from: bounded(position), fromMs: atMs, magnification, drive: { what: 'still' } };
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

/** How long the way from one place to another takes, ms. */
export function travelMs(from: HeadPosition, to: HeadPosition): number {
  const axes = ['pan', 'tilt', 'zoom'] as const;
  return Math.max(...axes.map((axis) => Math.abs(to[axis] - from[axis]) / perMs[axis]));
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
  return { ...head, from: headAt(head, atMs), fromMs: atMs, drive };
}

export function sentHead(head: Head, to: HeadPosition, atMs: number): Head {
  return { ...head, from: headAt(head, atMs), fromMs: atMs, drive: { what: 'way', to: bounded(to) } };
}

export function stoppedHead(head: Head, atMs: number): Head {
  return stillHead(headAt(head, atMs), atMs, head.magnification);
}

function bounded({ pan, tilt, zoom }: HeadPosition): HeadPosition {
  const within = (value: number, least: number) => Math.min(1, Math.max(least, value));
  return { pan: within(pan, -1), tilt: within(tilt, -1), zoom: within(zoom, 0) };
}
