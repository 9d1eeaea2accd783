import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { cameraIdSchema, cameraSchema } from './camera.ts';
import { cameraPlaceSchema, loginSchema } from './credentials.contract.ts';

/** Most devices that one search keeps. */
export const foundMax = 500;

/** Why a device could not be read. */
export const deviceProblems = [
  'unreachable',
  'silent',
  'refused',
  'not-understood',
  /** It answers, and names no stream that our gateway could fetch. */
  'no-stream',
] as const;
export type DeviceProblemCode = (typeof deviceProblems)[number];

const profileSchema = z.strictObject({
  width: z.int().min(0).max(100_000),
  height: z.int().min(0).max(100_000),
  codec: z.string().max(20),
  framesPerSecond: z.number().min(0).max(1_000).nullable(),
});
export type FoundProfile = z.infer<typeof profileSchema>;

/** What taking a device would do to the directory. */
export const deviceChanges = ['add', 'change', 'same'] as const;

const factsSchema = z.strictObject({
  manufacturer: z.string().max(120),
  model: z.string().max(120),
  firmware: z.string().max(120),
  serialNumber: z.string().max(120),
  main: profileSchema,
  sub: profileSchema.nullable(),
  pan: z.boolean(),
  zoom: z.boolean(),
  presets: z.int().min(0).max(1_000),
  snapshot: z.boolean(),
  /** How far its clock is ahead of this machine's, ms; null where it does not say. */
  clockAheadMs: z.number().nullable(),
  change: z.enum(deviceChanges),
  /** What is proposed; of a camera that is there, what it has. */
  number: cameraSchema.shape.number,
  name: z.string().max(120),
});
export type DeviceFactsShown = z.infer<typeof factsSchema>;

/** A device on the network. For technicians: its host is told, its addresses and its password are not. */
export const foundDeviceSchema = z.strictObject({
  id: z.string().max(64),
  /** Name or IP address, with the port where it is not the usual one. */
  host: z.string().max(300),
  name: z.string().max(120),
  hardware: z.string().max(120),
  /** The camera of the directory that is at this host. */
  camera: z.strictObject({ id: cameraIdSchema, number: cameraSchema.shape.number, name: z.string().max(120) }).nullable(),
  look: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('new') }),
    z.strictObject({ state: z.literal('reading') }),
    z.strictObject({ state: z.literal('failed'), why: z.enum(deviceProblems) }),
    z.strictObject({ state: z.literal('read'), facts: factsSchema }),
  ]),
});
export type FoundDevice = z.infer<typeof foundDeviceSchema>;

export const findingSchema = z.strictObject({
  /** Null while no search is on. */
  searching: z.strictObject({ sinceUtcMs: z.number(), limitMs: z.number() }).nullable(),
  /** Null while no device is asked. */
  reading: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
  /** Interfaces on which nothing could be sent. */
  failed: z.array(z.string().max(100)).max(32),
  devices: z.array(foundDeviceSchema).max(foundMax),
});
export type Finding = z.infer<typeof findingSchema>;

export const findingRefusals = [
  'busy',
  'bad-address',
  'too-many',
  'no-such-device',
  'not-read',
  'number-taken',
  'this-run-only',
  'directory-changed',
  'not-saved',
  'locked',
  'broken',
  'refused-by-camera',
] as const;
export type FindingRefusal = (typeof findingRefusals)[number];
const outcome = z.strictObject({ refusal: z.enum(findingRefusals).nullable() });
const deviceIds = z.array(foundDeviceSchema.shape.id).min(1).max(foundMax);

export const findingContract = {
  'cameras.finding': state(findingSchema, 'technician'),
  /** This machine's networks. */
  'cameras.interfaces': call({
    input: z.strictObject({}),
    output: z.strictObject({
      interfaces: z.array(z.strictObject({ name: z.string().max(100), address: z.string().max(100) })).max(32),
    }),
    who: 'technician',
  }),
  /** Asks for devices on these networks (addresses of `cameras.interfaces`) and no others; what was found before stays. */
  'cameras.find': call({
    input: z.strictObject({ interfaces: z.array(z.string().max(100)).min(1).max(32) }),
    output: outcome,
    who: 'technician',
  }),
  /** Ends searching and reading; what was found stays. */
  'cameras.stop-finding': call({ input: z.strictObject({}), output: z.strictObject({}), who: 'technician' }),
  /** Forgets everything that was found, and the logins that were typed. */
  'cameras.leave-finding': call({ input: z.strictObject({}), output: z.strictObject({}), who: 'technician' }),
  /** A device by host, `host:port`, or the whole address of its device service. */
  'cameras.add-address': call({
    input: z.strictObject({ address: z.string().min(1).max(300) }),
    output: outcome,
    who: 'technician',
  }),
  /** Reads these, a few at a time, with this login or (null) with what is kept for their cameras. */
  'cameras.read-devices': call({
    input: z.strictObject({ devices: deviceIds, login: loginSchema.nullable() }),
    output: outcome,
    who: 'technician',
  }),
  /** Sets a device's clock to this machine's. */
  'cameras.set-clock': call({
    input: z.strictObject({ device: foundDeviceSchema.shape.id }),
    output: outcome,
    who: 'technician',
    limitMs: 20_000,
  }),
  /** Puts devices that were read into the directory, all or none. Cameras that are there keep their place and their further ways. */
  'cameras.take-devices': call({
    input: z.strictObject({
      place: cameraPlaceSchema,
      devices: z
        .array(
          z.strictObject({ id: foundDeviceSchema.shape.id, number: cameraSchema.shape.number, name: cameraSchema.shape.name }),
        )
        .min(1)
        .max(foundMax),
    }),
    output: outcome.extend({ added: z.int(), changed: z.int() }),
    who: 'technician',
    limitMs: 60_000,
  }),
};
