import { z } from 'zod';
import { seatSchema } from '../../core/access/seat.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import { procedureTemplateSchema } from '../../core/incidents/procedure.ts';
import type { Watchable } from '../../core/rpc/cell.ts';
import { shiftStartsSchema, usualShiftStarts } from '../../core/shifts/shift-times.ts';
import { qualityLimitsSchema, usualLimits } from '../../core/streams/quality-limits.ts';

/** A seat as it is set up; whether somebody signed in there is not a setting. */
export const seatSettingSchema = seatSchema.omit({ signedIn: true });
export type SeatSetting = z.infer<typeof seatSettingSchema>;

/**
 * The seat of a machine nobody has set up. It may do everything a wall needs (scenes, holding, leaving), but not a technician's work:
 * nobody is signed in, and reaching passwords and installation must be somebody's decision.
 */
export const firstSeat: SeatSetting = { number: 1, role: 'supervisor', priority: 50 };

/** Where a monitoring program reads how the wall is doing. */
export const metricsSettingSchema = z.object({
  /** On 127.0.0.1; 0 takes any. */
  port: z.int().min(0).max(65_535).default(9_477),
  /** Holds the bearer token that is asked for; in the data folder unless it is a whole path. Made where it is missing. */
  tokenFile: z.string().min(1).max(1_000).default('metrics-token'),
});
export type MetricsSetting = z.infer<typeof metricsSettingSchema>;

export const settingsSchema = z.object({
  seats: z
    .array(seatSettingSchema)
    .min(1)
    .max(64)
    .refine((seats) => new Set(seats.map((seat) => seat.number)).size === seats.length, 'two seats have the same number')
    .default([firstSeat]),
  /** The port the browser host listened on last, tried again so that an address on a desk stays good. */
  lastPort: z.int().min(1).max(65_535).nullable().default(null),
  /** What the tiles of a window may have at most. */
  media: z
    .object({
      mostHighStreams: qualityLimitsSchema.shape.mostHighStreams.default(usualLimits.mostHighStreams),
      mostFullStreams: qualityLimitsSchema.shape.mostFullStreams.default(usualLimits.mostFullStreams),
      bandwidthKbps: qualityLimitsSchema.shape.bandwidthKbps.default(usualLimits.bandwidthKbps),
    })
    .default(usualLimits),
  /** What people call the gateways of others, by host or `host:port` as in the cameras' addresses; one that is not here is called by that. */
  gateways: z.record(z.string().min(1).max(300), z.string().trim().min(1).max(120)).default({}),
  /** How much of encoded pictures a window keeps for looking back. 0 megabytes: nothing. */
  rewind: z
    .object({
      seconds: z.int().min(10).max(600).default(120),
      megabytes: z.int().min(0).max(8_192).default(512),
    })
    .default({ seconds: 120, megabytes: 512 }),
  /** Starts as a kiosk, like `--kiosk`: full screen, all displays for the wall, and leaving needs the PIN. */
  kiosk: z.boolean().default(false),
  /** The hash of the PIN that leaves a kiosk (Argon2id); null: none is set, and nobody can leave. There is no default PIN. */
  kioskPin: z.string().min(1).max(500).nullable().default(null),
  /** Wrong PINs in a row: the delay after them survives a restart. */
  kioskPinFailures: z
    .object({ count: z.int().min(0).max(1_000_000), lastUtcMs: z.number().min(0) })
    .default({ count: 0, lastUtcMs: 0 }),
  /** How much evidence is kept, and for how long. */
  evidence: evidenceLimitsSchema.default(evidenceLimitsSchema.parse({})),
  /** What is done about incidents of each category, in order; null: the usual procedures. */
  procedures: z.array(procedureTemplateSchema).max(100).nullable().default(null),
  audit: z
    .object({
      /** The signed heads of the audit log are copied to this folder (in the data folder unless it is a whole path); null: nowhere. */
      headsFolder: z.string().min(1).max(1_000).nullable().default(null),
      /** What is written is signed after at most so long: until then nobody can prove it. Never longer than the minute that windows speak of. */
      headEverySeconds: z.int().min(1).max(60).default(60),
    })
    .default({ headsFolder: null, headEverySeconds: 60 }),
  /** When shifts begin, by the city's clock; each lasts until the next one. */
  shifts: shiftStartsSchema.default([...usualShiftStarts]),
  /** A page of figures for Prometheus; null: there is none. */
  metrics: metricsSettingSchema.nullable().default(null),
});
export type SettingsValues = z.infer<typeof settingsSchema>;
export const defaultSettings: SettingsValues = settingsSchema.parse({});

/** What is set up on this machine, for people to read and edit: a JSON file in the data folder. */
export interface Settings {
  readonly values: Watchable<SettingsValues>;
  /** Changes some and keeps the rest; resolves when it is on the disk. Rejects with `StoreProblem` (`bad-value`, `full`, `not-writable`). */
  update(change: Partial<SettingsValues>): Promise<void>;
}
