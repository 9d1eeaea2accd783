import { z } from 'zod';
import { call, state } from '../rpc/define.ts';

/** The languages of the program. */
export const languageCodes = ['en', 'ur', 'ps'] as const;
export type LanguageCode = (typeof languageCodes)[number];

export const contrasts = ['normal', 'more'] as const;
export type Contrast = (typeof contrasts)[number];

/** Whether the panels at the start and at the end of a console or shared window are open. */
export const openPanelsSchema = z.strictObject({ start: z.boolean(), end: z.boolean() });
export type OpenPanels = z.infer<typeof openPanelsSchema>;

/** How a window is looked at; null: nobody chose it yet. */
export const preferencesSchema = z.strictObject({
  language: z.enum(languageCodes).nullable(),
  contrast: z.enum(contrasts).nullable(),
  panels: openPanelsSchema.nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/**
 * How a seat looks at the program. Language and contrast are the seat's: all of its windows have the same, also a browser at the printed
 * address, which belongs to the seat that it was let in for. Open panels are the seat's on one display: desks differ in width.
 */
export const preferencesContract = {
  /** What was chosen at this window's seat, for its display. */
  'preferences.seat': state(preferencesSchema),
  /** Changes what is named and keeps the rest; resolves when it is on the disk and told to every window of the seat. */
  'preferences.choose': call({
    input: preferencesSchema.partial(),
    output: z.strictObject({ refusal: z.literal('not-saved').nullable() }),
  }),
};
