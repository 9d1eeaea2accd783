import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../../core/cameras/camera.ts';
import { sourceStateSchema } from '../../core/streams/source-state.ts';

/** Raised when a gateway of another version must not be taken over. */
export const controlVersion = 2;

const requestIdSchema = z
  .int()
  .min(0)
  .max(2 ** 31);
const viewerIdSchema = z.string().min(1).max(64);

const addressSchema = z.strictObject({
  scheme: z.enum(['rtsp', 'rtsps', 'http', 'https', 'file', 'sim']),
  url: z.string().max(4_096),
  credentials: z.strictObject({ user: z.string().max(256), password: z.string().max(256) }).nullable(),
});

const gatewayCameraSchema = z.strictObject({
  id: cameraIdSchema,
  addresses: z.strictObject({ main: addressSchema.optional(), sub: addressSchema.optional() }),
});

/** Main to gateway. The first one has to be `hello`. */
export const toGatewaySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), key: z.string().max(256), version: z.int() }),
  /** A part of the full list; `last` replaces what was there by all parts since the last `last`. */
  z.strictObject({ type: z.literal('cameras'), cameras: z.array(gatewayCameraSchema).max(2_000), last: z.boolean() }),
  z.strictObject({ type: z.literal('drop'), id: requestIdSchema, viewerId: viewerIdSchema }),
  z.strictObject({ type: z.literal('ping'), id: requestIdSchema }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToGateway = z.input<typeof toGatewaySchema>;
export type FromMain = z.output<typeof toGatewaySchema>;

/** Why a request was not done; one word, the problem's code where there is one. */
const ackErrorSchema = z.string().max(64);

/** Gateway to main. After `ready` come all present sources and viewers, then `told`, then changes. */
export const toMainSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), version: z.int(), pid: z.int(), whepUrl: z.string().max(200) }),
  z.strictObject({ type: z.literal('told') }),
  z.strictObject({ type: z.literal('source'), camera: cameraIdSchema, stream: streamNameSchema, source: sourceStateSchema }),
  z.strictObject({
    type: z.literal('viewer'),
    viewerId: viewerIdSchema,
    shows: z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema }).nullable(),
    what: z.enum(['opened', 'changed', 'closed']),
  }),
  /** A steerable camera of the demonstration: where its ONVIF device is. */
  z.strictObject({
    type: z.literal('device'),
    camera: cameraIdSchema,
    url: z.string().max(200),
    credentials: z.strictObject({ user: z.string().max(256), password: z.string().max(256) }),
  }),
  z.strictObject({ type: z.literal('ack'), id: requestIdSchema, ok: z.boolean(), error: ackErrorSchema.nullable() }),
  z.strictObject({ type: z.literal('pong'), id: requestIdSchema }),
  /** For main's log; carries no address and no credential. */
  z.strictObject({ type: z.literal('log'), level: z.enum(['info', 'warn', 'error']), message: z.string().max(1_000) }),
]);
export type ToMain = z.input<typeof toMainSchema>;
export type FromGateway = z.output<typeof toMainSchema>;

/** The longest line either side takes, in bytes. */
export const longestLineBytes = 1024 * 1024;
/** Most cameras a gateway takes. */
export const mostCameras = 100_000;
