import { z } from 'zod';
import { mostMagnification } from './lens.ts';

const degrees = z
  .strictObject({ min: z.number().min(-360).max(360), max: z.number().min(-360).max(360) })
  .refine(({ min, max }) => max > min, 'a way has a length');
const axes = z.strictObject({ panTilt: z.boolean(), zoom: z.boolean() });

/** What a camera can do, read once. What is not here is not offered. */
export const ptzAbilitiesSchema = z.strictObject({
  continuous: axes,
  relative: axes,
  /** Relative moves in parts of the present picture: click to centre and drag a box without reckoning. */
  relativeToPicture: z.boolean(),
  /** It can be told how many times larger the picture is to become: a drawn box without reckoning. */
  zoomByPicture: z.boolean(),
  absolute: axes,
  /** Its whole way in degrees, where it tells: with the angle of its lens, a place of the picture is reckoned from them. */
  angles: z.strictObject({ pan: degrees, tilt: degrees }).nullable(),
  /** What its lens magnifies by at most, where it tells. */
  magnification: z.number().min(1).max(mostMagnification).nullable(),
  /** It says where it looks. */
  status: z.boolean(),
  /** 0: it keeps none. */
  mostPresets: z.int().min(0).max(1_000),
  home: z.boolean(),
  /** Its home can be set from here. */
  homeSettable: z.boolean(),
  /** Tours that it keeps and runs by itself; 0: none, or it does not let us. */
  mostTours: z.int().min(0).max(1_000),
  focus: z.boolean(),
  iris: z.boolean(),
  /** What it calls its wiper, light and so on, for example `tt:Wiper|On` (ONVIF PTZ §5.8). */
  auxiliary: z.array(z.string().min(1).max(100)).max(64),
});
export type PtzAbilities = z.infer<typeof ptzAbilitiesSchema>;

/** Why a camera cannot be steered, or what went wrong when it was; each has words a tired person understands. */
export const ptzProblems = [
  /** It is not a PTZ camera, or nobody said where its control is. */
  'no-control',
  /** Nobody answers at its address. */
  'unreachable',
  /** It took longer than 5 s. */
  'silent',
  /** User or password is wrong. Not asked again for a while: cameras lock accounts. */
  'refused',
  /** Its passwords are locked until the passphrase is entered. */
  'locked',
  /** Its answer was not understood, endless, or dangerous. */
  'not-understood',
  /** It refused the command. */
  'fault',
  /** It says that it cannot do this. */
  'not-able',
  /** What was meant (a preset) is not there any more. */
  'gone',
  /** Something newer took its place before it was sent. */
  'replaced',
  /** It did not acknowledge Stop: only its own timeout ends the movement. */
  'may-be-moving',
] as const;
export const ptzProblemSchema = z.enum(ptzProblems);
export type PtzProblem = z.infer<typeof ptzProblemSchema>;
