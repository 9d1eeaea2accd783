import { z } from 'zod';
import {
  openPanelsSchema,
  type Preferences,
  type preferencesContract,
  preferencesSchema,
} from '../../../core/preferences/preferences.contract.ts';
import type { CallInput } from '../../../core/rpc/define.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import { displayIdSchema } from '../../../core/wall/wall-change.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';

/** More displays one seat does not have; of a further one the panels that were changed longest ago are forgotten. */
const mostDisplays = 64;

const keptSchema = preferencesSchema.omit({ panels: true }).extend({
  /** By display, the newest last. */
  panels: z.array(openPanelsSchema.extend({ displayId: displayIdSchema })).max(mostDisplays),
});
type Kept = z.infer<typeof keptSchema>;
type Change = CallInput<typeof preferencesContract, 'preferences.choose'>;
const nothingChosen: Kept = { language: null, contrast: null, panels: [] };

export interface PreferencesFeature extends Feature<typeof preferencesContract> {
  /** Resolves when what was chosen is read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
}

/** How each seat looks at the program, in the Registry: one record per seat, told to all of its windows when it is on the disk. */
export function createPreferencesFeature(ports: { readonly registry: Registry; readonly log: Log }): PreferencesFeature {
  const { log } = ports;
  const table = createMirroredTable(
    ports.registry.table('preferences', keptSchema, (seat) =>
      log.warn('What a seat chose cannot be read; it begins as nobody chose anything', { seat }),
    ),
  );
  const keptOf = ({ seat }: Session): Kept => table.get(String(seat.number)) ?? nothingChosen;

  return {
    ready: table.ready,
    close: () => table.close(),
    calls: {
      'preferences.choose': (change, { session }) =>
        table.inTurn(async () => {
          try {
            const isKept = await table.put(String(session.seat.number), chosen(keptOf(session), change, session.displayId));
            return { refusal: isKept ? null : 'not-saved' };
          } catch (error) {
            log.error('What a seat chose could not be kept', { reason: error instanceof Error ? error.message : String(error) });
            return { refusal: 'not-saved' };
          }
        }),
    },
    states: {
      'preferences.seat': (session) => ({
        current: () => forWindow(keptOf(session), session.displayId),
        subscribe(listener) {
          let told = keptOf(session);
          return table.entries.subscribe(() => {
            const now = keptOf(session);
            if (now === told) return;
            told = now;
            listener(forWindow(now, session.displayId));
          });
        },
      }),
    },
    events: {},
  };
}

function chosen(kept: Kept, { language, contrast, panels }: Change, displayId: string): Kept {
  const others = kept.panels.filter((each) => each.displayId !== displayId);
  const own = panels ? [{ displayId, ...panels }] : [];
  return {
    language: language === undefined ? kept.language : language,
    contrast: contrast === undefined ? kept.contrast : contrast,
    panels: panels === undefined ? kept.panels : [...others, ...own].slice(-mostDisplays),
  };
}

function forWindow({ language, contrast, panels }: Kept, displayId: string): Preferences {
  const own = panels.find((each) => each.displayId === displayId);
  return { language, contrast, panels: own ? { start: own.start, end: own.end } : null };
}
